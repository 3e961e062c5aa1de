import { eq } from "drizzle-orm"
import { parties } from "@/db/schema/party"
import { ok, type Result } from "@/kernel/result"
import { command } from "./command"
import { chosenDeletionDate, isDueForDeletion, type DeletionRefusal } from "./deletion-date"
import { deletionInput, nothing } from "./input"

/** The host says when everything of the party is to be deleted, or that it never is [PTY-20]. Answers with the ISO instant. */
export const chooseDeletionDate = command({
  name: "chooseDeletionDate",
  who: "host",
  input: deletionInput,
  // Nobody but the host is shown it, who asks for it.
  isQuiet: true,
  async run({ tx, party, now }, input): Promise<Result<{ deletesAt: string | null }, DeletionRefusal>> {
    const chosen = input.deletesAt === null ? ok(null) : chosenDeletionDate(new Date(input.deletesAt), now)
    if (!chosen.ok) return chosen
    await tx.update(parties).set({ deletesAt: chosen.value }).where(eq(parties.id, party.id))
    return ok({ deletesAt: chosen.value?.toISOString() ?? null })
  },
})

/**
 * Deletes a party whose date has come, with everything that belongs to it, in one transaction [PTY-21] [PTY-16]. The host may
 * have put the date off between the look and the lock: then nothing happens.
 */
export const deletePartyOnItsDate = command({
  name: "deletePartyOnItsDate",
  who: "clock",
  input: nothing,
  isQuiet: true,
  async run({ tx, party, now }) {
    if (isDueForDeletion(party, now)) await tx.delete(parties).where(eq(parties.id, party.id))
    return ok({})
  },
})
