import { deletePartyOnItsDate } from "@/party/deletion-commands"
import { partiesDueForDeletion } from "@/party/deletion-queries"
import { runCommand } from "./run-command"
import type { Runtime } from "./runtime"

// One look takes this many, one after the other: deleting a long night is work for the disk, and nobody waits for it.
const atMost = 20

/** Deletes every party whose date has come [PTY-21]. The command looks again, under the party's lock. */
export async function deletePartiesOnTheirDate(runtime: Runtime): Promise<void> {
  for (const partyId of await partiesDueForDeletion(runtime.db, runtime.clock.now(), atMost)) {
    await runCommand(runtime, deletePartyOnItsDate, { claims: { clock: { partyId } } }, {})
  }
}
