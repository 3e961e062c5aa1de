import { moveSoloOn } from "@/games/quipflip/solo-clock-commands"
import { partiesWithDueSoloPlay } from "@/games/quipflip/solo-queries"
import { runCommand } from "./run-command"
import type { Runtime } from "./runtime"

/** Moves on what is played of Quipflip outside sessions and whose time has come [QF-E13]. The command looks again, under the party's lock. */
export async function moveSoloPlayOn(runtime: Runtime): Promise<void> {
  const due = await partiesWithDueSoloPlay(runtime.db, runtime.clock.now())
  await Promise.all(due.map((partyId) => runCommand(runtime, moveSoloOn, { claims: { clock: { partyId } } }, {})))
}
