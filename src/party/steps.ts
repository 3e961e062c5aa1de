import { eq } from "drizzle-orm"
import type { Tx } from "@/db/client"
import { partyUsers } from "@/db/schema/party"
import { one } from "@/kernel/assert"
import { ok, refuse, type Result } from "@/kernel/result"
import { passesFamilyFilter } from "./family-filter"
import { freeName, guestName, nameKey } from "./guest-name"
import type { Party, PartyUser } from "./actor"
import type { PartyRefusal } from "./refusals"

/**
 * A name nobody in the party has yet, from what was typed [PTY-3] [PTY-9].
 * Reads under the party's lock, so two Anns at the door cannot get the same name.
 */
export async function nameForNewSeat(tx: Tx, party: Party, typed: string): Promise<Result<string, PartyRefusal>> {
  const name = guestName(typed)
  if (!name.ok) return name
  if (!passesFamilyFilter(name.value, party.familyFilter)) return refuse("name_not_for_family")
  const taken = await tx.select({ nameKey: partyUsers.nameKey }).from(partyUsers).where(eq(partyUsers.partyId, party.id))
  return ok(freeName(name.value, new Set(taken.map((row) => row.nameKey))))
}

/** A seat for a driver who has no phone: a name, no PIN, no coins [RAC-3]. */
export async function addDriverSeat(
  tx: Tx,
  party: Party,
  now: Date,
  typed: string,
): Promise<Result<PartyUser, PartyRefusal>> {
  const name = await nameForNewSeat(tx, party, typed)
  if (!name.ok) return name
  const rows = await tx
    .insert(partyUsers)
    .values({ partyId: party.id, name: name.value, nameKey: nameKey(name.value), createdAt: now })
    .returning()
  return ok(one(rows))
}
