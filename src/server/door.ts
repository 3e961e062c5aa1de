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
import { patiently, type Patience } from "./patience"
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
export function partyAtDoor(runtime: Runtime, address: string, partyPin: unknown): Promise<Result<Party, DoorGuessRefusal>> {
  return patiently(() => partyOfPin(runtime, address, partyPin))
}

async function partyOfPin({ db, guesses }: Runtime, address: string, partyPin: unknown): Promise<Result<Party, DoorGuessRefusal>> {
  const guess = { address, door: null }
  const pin = pinText.safeParse(partyPin)
  const party = pin.success ? await openPartyWithPin(db, pin.data) : undefined
  // Checked after looking: of a thousand guesses sent at once the wrong ones are counted by then, and the right one among them waits too.
  const allowed = party ? await guesses.check(guess) : await guesses.take(guess)
  if (!allowed.ok) return allowed
  return party ? ok(party) : refuse("wrong_pin")
}

/** The party in which a newcomer may ask for a seat: the PIN is right, and not too many came from this address [PTY-27]. */
export function newcomerAtDoor(
  runtime: Runtime,
  address: string,
  partyPin: unknown,
): Promise<Result<Party, DoorGuessRefusal | TooManyArrivals>> {
  return patiently(async () => {
    const party = await partyOfPin(runtime, address, partyPin)
    if (!party.ok) return party
    const allowed = await runtime.arrivals.take({ address, partyId: party.value.id })
    return allowed.ok ? party : allowed
  })
}

/** Back in the own seat on another phone: party PIN and personal PIN [PTY-5] [PTY-6]. */
export function guestAtDoor(runtime: Runtime, address: string, pins: GuestPins): Promise<Result<GuestBack, DoorGuessRefusal>> {
  return patiently(() => guestOfPins(runtime, address, pins))
}

type GuestPins = { partyPin: unknown; personalPin: unknown }
type GuestBack = { claim: NonNullable<Claims["guest"]>; user: OwnGuestView }

async function guestOfPins(runtime: Runtime, address: string, pins: GuestPins): Promise<Result<GuestBack, DoorGuessRefusal>> {
  const { db, guesses } = runtime
  const party = await partyOfPin(runtime, address, pins.partyPin)
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
export function hostAtDoor(runtime: Runtime, address: string, facts: HostFacts): Promise<Result<NonNullable<Claims["host"]>, HostRefusal>> {
  return patiently(() => hostOfPasscode(runtime, address, facts))
}

type HostFacts = { passcode: unknown; partyPin?: unknown }
type HostRefusal = Refusal<"wrong_passcode" | "party_pin_needed"> | TooManyGuesses

async function hostOfPasscode(
  { db, guesses }: Runtime,
  address: string,
  facts: HostFacts,
): Promise<Result<NonNullable<Claims["host"]>, HostRefusal>> {
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
  runtime: Runtime,
  address: string,
  token: unknown,
): Promise<Result<LinkClaim, Refusal<"link_not_valid"> | TooManyGuesses>> {
  const { guesses, log } = runtime
  const guess = { address, door: null }
  const found = await patiently(async (patience) => {
    const allowed = await guesses.take(guess)
    return allowed.ok ? ok(await redeemed(runtime, typed(token), patience)) : allowed
  })
  if (!found.ok) return found
  const link = found.value
  if (!link) return refuse("link_not_valid")
  // The link is used by now: a count that cannot be taken back must not make a no of that.
  await patiently(() => guesses.giveBack(guess), giveBackPatienceMs).catch((error: unknown) => log.warn({ err: error }, "a right link stays counted as a guess"))
  return ok({ kind: link.kind === "TV" ? "tv" : "host", partyId: link.partyId, linkId: link.id })
}

const giveBackPatienceMs = 1_000

/** The link of this token, used from now on; not used when its caller was told in the meantime that it took too long [PTY-23]. */
function redeemed({ db, clock }: Runtime, token: string, patience: Patience): Promise<typeof partyHostLinks.$inferSelect | undefined> {
  const now = clock.now()
  const isUnused = and(isNull(partyHostLinks.redeemedAt), sql`${partyHostLinks.expiresAt} > ${now.toISOString()}::timestamptz`)
  return db.transaction(async (tx) => {
    const rows = await tx
      .update(partyHostLinks)
      .set({ redeemedAt: now })
      .where(
        and(
          eq(partyHostLinks.tokenHash, linkTokenHash(token)),
          isNull(partyHostLinks.revokedAt),
          or(sql`${partyHostLinks.kind} <> 'ONE_TIME'`, isUnused),
        ),
      )
      .returning()
    patience.check()
    return rows[0]
  })
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
