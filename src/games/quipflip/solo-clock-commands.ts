import { ok, refuse, type Result } from "@/kernel/result"
import { command } from "@/party/command"
import { nothing } from "@/party/input"
import { book } from "./money-steps"
import type { QuipflipRefusal } from "./refusals"
import { liveSheets } from "./round-queries"
import { endRounds } from "./round-steps"
import { finalizeSets } from "./set-steps"
import { soloDue } from "./solo-due"
import { announceQueue } from "./solo-steps"

/** Does what the clock says outside sessions: ends rounds that are over, makes sets final and pays them, and leaves nothing open at a party that has ended [QF-N5] [QF-N7] [QF-E12] [QF-E13]. */
export const moveSoloOn = command({
  name: "moveSoloOn",
  who: "clock",
  input: nothing,
  async run(context): Promise<Result<{ ended: number; finalized: number }, QuipflipRefusal>> {
    const { tx, party, now } = context
    const { endings, finals } = soloDue(await liveSheets(tx, party.id), now, party.status === "ENDED")
    if (endings.length === 0 && finals.length === 0) return refuse("nothing_due")
    // In this order: a vote whose time was up before its set was final is forfeited.
    const refunds = await endRounds(tx, now, endings)
    const payouts = await finalizeSets(tx, now, finals)
    await book(context, [...refunds, ...payouts], "Quipflip")
    await announceQueue(context)
    return ok({ ended: endings.length, finalized: finals.length })
  },
})
