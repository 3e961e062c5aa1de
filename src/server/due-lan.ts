import { and, isNotNull, like, lt, lte } from "drizzle-orm"
import { lanSignals } from "@/db/schema/lan"
import { partyEvents } from "@/db/schema/party"
import { moveLanOn } from "@/lan/commands"
import { dueLans } from "@/lan/queries"
import { peerEventLifetimeMs } from "@/lan/timing"
import { runCommand } from "./run-command"
import type { Runtime } from "./runtime"

/** Moves on every virtual LAN in which something is due [LAN-80] [LAN-81]. The command looks again, under the party's lock. */
export async function moveLansOn(runtime: Runtime): Promise<void> {
  const due = await dueLans(runtime.db, runtime.clock.now())
  await Promise.all(due.map(({ partyId }) => runCommand(runtime, moveLanOn, { claims: { clock: { partyId } } }, {})))
}

/** Forgets signals nobody fetched, and where PCs said they were: the log of the night does not keep it [LAN-62] [LAN-73]. */
export async function forgetLanTalk({ db, clock }: Runtime): Promise<void> {
  const now = clock.now()
  await db.delete(lanSignals).where(lte(lanSignals.expiresAt, now))
  const long = new Date(now.getTime() - peerEventLifetimeMs)
  await db
    .delete(partyEvents)
    .where(and(like(partyEvents.channel, "private-lan-%"), lt(partyEvents.createdAt, long), isNotNull(partyEvents.publishedAt)))
}
