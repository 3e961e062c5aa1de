import { and, desc, eq, isNull, or, sql } from "drizzle-orm"
import { z } from "zod"
import { parties, partyHostLinks, partyUsers } from "@/db/schema/party"
import { hashPasscode, isPasscode } from "@/kernel/passcode"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import type { Party } from "@/party/actor"
import { linkTokenHash } from "@/party/host-link"
import { openPartyWithPin, ownGuestView } from "@/party/queries"
import type { OwnGuestView } from "@/party/view"
import type { TooManyArrivals } from "./arrival-limits"
import type { TooManyGuesses } from "./guess-limits"
import type { Claims } from "./identity"
import type { Runtime } from "./runtime"

/** One wording for every wrong guess: which half was wrong is nobody's business [PTY-6]. */
export type DoorGuessRefusal = Refusal<"wrong_pin"> | TooManyGuesses

/** What somebody typed, or nothing: an action can be sent anything. */
const typed = (raw: unknown) => (typeof raw === "string" ? raw.slice(0, 200) : "")

const pinText = z.coerce.number().int().min(1000).max(999_999)

/**
 * The open party whose PIN this is [PTY-2]. A right PIN costs nothing, so that a hundred guests may come in at once;
 * the party PIN is on the TV and worth no more than a seat.
 */
export async function partyAtDoor(
  { db, guesses }: Runtime,
  address: string,
  partyPin: unknown,
): Promise<Result<Party, DoorGuessRefusal>> {
  const guess = { address, door: null }
  const pin = pinText.safeParse(partyPin)
  const party = pin.success ? await openPartyWithPin(db, pin.data) : undefined
  // Checked after looking: of a thousand guesses sent at once the wrong ones are counted by then, and the right one among them waits too.
  const allowed = party ? await guesses.check(guess) : await guesses.take(guess)
  if (!allowed.ok) return allowed
  return party ? ok(party) : refuse("wrong_pin")
}

/** The party in which a newcomer may ask for a seat: the PIN is right, and not too many came from this address [PTY-27]. */
export async function newcomerAtDoor(
  runtime: Runtime,
  address: string,
  partyPin: unknown,
): Promise<Result<Party, DoorGuessRefusal | TooManyArrivals>> {
  const party = await partyAtDoor(runtime, address, partyPin)
  if (!party.ok) return party
  const allowed = await runtime.arrivals.take({ address, partyId: party.value.id })
  return allowed.ok ? party : allowed
}

/** Back in the own seat on another phone: party PIN and personal PIN [PTY-5] [PTY-6]. */
export async function guestAtDoor(
  runtime: Runtime,
  address: string,
  pins: { partyPin: unknown; personalPin: unknown },
): Promise<Result<{ claim: NonNullable<Claims["guest"]>; user: OwnGuestView }, DoorGuessRefusal>> {
  const { db, guesses } = runtime
  const party = await partyAtDoor(runtime, address, pins.partyPin)
  if (!party.ok) return party
  const guess = { address, door: `guests:${party.value.id}` }
  const allowed = await guesses.take(guess)
  if (!allowed.ok) return allowed
  const pin = pinText.safeParse(pins.personalPin)
  if (!pin.success) return refuse("wrong_pin")
  const rows = await db
    .select()
    .from(partyUsers)
    .where(and(eq(partyUsers.partyId, party.value.id), eq(partyUsers.pinCode, pin.data), isNull(partyUsers.kickedAt)))
  const guest = rows[0]
  if (!guest) return refuse("wrong_pin")
  await guesses.giveBack(guess)
  const user = await ownGuestView(db, { ...guest, pinCode: pin.data })
  return ok({ claim: { partyId: guest.partyId, guestId: guest.id }, user })
}

/** The host's passcode [PTY-7]. Without a party PIN it is for the one party that is open, or was last [PTY-29]. */
export async function hostAtDoor(
  { db, guesses }: Runtime,
  address: string,
  facts: { passcode: unknown; partyPin?: unknown },
): Promise<Result<NonNullable<Claims["host"]>, Refusal<"wrong_passcode" | "party_pin_needed"> | TooManyGuesses>> {
  const pin = pinText.safeParse(facts.partyPin)
  const meant = pin.success ? ok(await openPartyWithPin(db, pin.data)) : await onlyParty(db)
  if (!meant.ok) return meant
  const party = meant.value
  // A door of its own: whoever plays with personal PINs must not lock the host out.
  const guess = { address, door: party ? `host:${party.id}` : null }
  const allowed = await guesses.take(guess)
  if (!allowed.ok) return allowed
  // Hashing all the same keeps "no such party" as slow as "wrong passcode".
  const hash = party?.hostPasscodeHash ?? (await hashPasscode("nobody"))
  const isRight = await isPasscode(typed(facts.passcode), hash)
  if (!party || !isRight) return refuse("wrong_passcode")
  await guesses.giveBack(guess)
  return ok({ partyId: party.id, linkId: null })
}

export type LinkClaim = { kind: "host" | "tv"; partyId: string; linkId: string }

/** Somebody who opened a link: the host's works once, a co-host's and a TV's until it is revoked [PTY-7]. */
export async function linkAtDoor(
  { db, guesses, clock }: Runtime,
  address: string,
  token: unknown,
): Promise<Result<LinkClaim, Refusal<"link_not_valid"> | TooManyGuesses>> {
  const guess = { address, door: null }
  const allowed = await guesses.take(guess)
  if (!allowed.ok) return allowed
  const now = clock.now()
  const isUnused = and(isNull(partyHostLinks.redeemedAt), sql`${partyHostLinks.expiresAt} > ${now.toISOString()}::timestamptz`)
  const rows = await db
    .update(partyHostLinks)
    .set({ redeemedAt: now })
    .where(
      and(
        eq(partyHostLinks.tokenHash, linkTokenHash(typed(token))),
        isNull(partyHostLinks.revokedAt),
        or(sql`${partyHostLinks.kind} <> 'ONE_TIME'`, isUnused),
      ),
    )
    .returning()
  const link = rows[0]
  if (!link) return refuse("link_not_valid")
  await guesses.giveBack(guess)
  return ok({ kind: link.kind === "TV" ? "tv" : "host", partyId: link.partyId, linkId: link.id })
}

/** Nobody's passcode is tried against the party of somebody else. */
async function onlyParty(db: Runtime["db"]): Promise<Result<Party | undefined, Refusal<"party_pin_needed">>> {
  const [newest, next] = await db
    .select()
    .from(parties)
    .orderBy(desc(sql`${parties.status} = 'OPEN'`), desc(parties.createdAt))
    .limit(2)
  return next?.status === "OPEN" ? refuse("party_pin_needed") : ok(newest)
}
