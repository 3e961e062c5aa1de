import { moveImposterRoundOn } from "@/games/imposter/commands"
import { partiesWithDueRounds } from "@/games/imposter/queries"
import { runCommand } from "./run-command"
import type { Runtime } from "./runtime"

/** Moves on every round of Imposter whose time has come [IMP-18]. The command looks again, under the party's lock. */
export async function moveRoundsOn(runtime: Runtime): Promise<void> {
  const due = await partiesWithDueRounds(runtime.db, runtime.clock.now())
  await Promise.all(due.map((partyId) => runCommand(runtime, moveImposterRoundOn, { claims: { clock: { partyId } } }, {})))
}
