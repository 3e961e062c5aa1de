import { deletePartyOnItsDate } from "@/party/deletion-commands"
import { partiesDueForDeletion } from "@/party/deletion-queries"
import { runCommand } from "./run-command"
import type { Runtime } from "./runtime"

// One look takes this many, one after the other: deleting a long night is work for the disk, and nobody waits for it.
const atMost = 20

/** Deletes every party whose date has come [PTY-21]. The command looks again, under the party's lock. One that fails is logged and keeps no other waiting. */
export async function deletePartiesOnTheirDate(runtime: Runtime): Promise<void> {
  const { db, clock, log } = runtime
  for (const partyId of await partiesDueForDeletion(db, clock.now(), atMost)) {
    const deleted = runCommand(runtime, deletePartyOnItsDate, { claims: { clock: { partyId } } }, {})
    await deleted.catch((error: unknown) => log.error({ err: error, party: partyId }, "a party could not be deleted on its date"))
  }
}
