import { and, eq, isNull } from "drizzle-orm"
import { parties, partyHostLinks, partyUsers } from "@/db/schema/party"
import { one } from "@/kernel/assert"
import { ok, refuse, type Result } from "@/kernel/result"
import { endConnections } from "@/realtime/event"
import { house, walletOf } from "@/wallet/accounts"
import { repayDebts, transfer } from "@/wallet/steps"
import type { PartyUser } from "./actor"
import { command, type CommandContext } from "./command"
import { partyEvents } from "./events"
import { passesFamilyFilter } from "./family-filter"
import { guestName, nameKey } from "./guest-name"
import { drawLinkToken, linkTokenHash } from "./host-link"
import {
  callGuestInput,
  doorInput,
  grantInput,
  guestInput,
  hostLinkInput,
  joinInput,
  nothing,
  renameGuestInput,
  revokeHostLinkInput,
  settingsInput,
} from "./input"
import { drawPersonalPin } from "./personal-pin"
import { findGuest, ownGuestView } from "./queries"
import type { PartyRefusal } from "./refusals"
import { nameForNewSeat } from "./steps"
import { guestViewOf, partyViewOf } from "./view"

/** What everybody gets at the door, in coins [WAL-8]. */
const doorCoins = 1000

/** So many guests a party holds [PTY-27]. Whom the host took out leaves room. */
const mostGuests = 500

type HostContext = CommandContext<"host", undefined>

/** A seat, a personal PIN and 1000 coins for whoever showed the party PIN [PTY-2] [PTY-3] [PTY-4] [PTY-11] [PTY-27]. */
export const joinParty = command({
  name: "joinParty",
  who: "newcomer",
  input: joinInput,
  async run({ tx, party, now, random, emit }, input) {
    if (party.isDoorLocked) return refuse("door_locked")
    const name = await nameForNewSeat(tx, party, input.name)
    if (!name.ok) return name
    const taken = await tx
      .select({ pinCode: partyUsers.pinCode, kickedAt: partyUsers.kickedAt })
      .from(partyUsers)
      .where(eq(partyUsers.partyId, party.id))
    if (taken.filter(({ pinCode, kickedAt }) => pinCode !== null && kickedAt === null).length >= mostGuests) return refuse("party_full")
    const pin = drawPersonalPin(new Set(taken.flatMap((row) => row.pinCode ?? [])), random)
    if (!pin.ok) return pin

    const seat = one(
      await tx
        .insert(partyUsers)
        .values({ partyId: party.id, name: name.value, nameKey: nameKey(name.value), pinCode: pin.value, createdAt: now })
        .returning(),
    )
    await transfer(tx, party.id, now, [
      {
        from: house,
        to: walletOf(seat.id),
        amount: doorCoins,
        category: "door",
        cause: `guest:${seat.id}`,
        note: "Welcome",
        idempotencyKey: `door:${seat.id}`,
      },
    ])
    emit(
      partyEvents.userJoined.to(party.id, {
        userId: seat.id,
        name: seat.name,
        timestamp: now.toISOString(),
        guest: guestViewOf(seat),
      }),
    )
    return ok({ user: await ownGuestView(tx, { ...seat, pinCode: pin.value, walletBalance: doorCoins }) })
  },
})

/** [PTY-10] A taken name is refused rather than numbered: the host sees what is there. */
export const renameGuest = command({
  name: "renameGuest",
  who: "host",
  input: renameGuestInput,
  async run({ tx, party, emit }, input) {
    const name = guestName(input.name)
    if (!name.ok) return name
    if (!passesFamilyFilter(name.value, party.familyFilter)) return refuse("name_not_for_family")
    const namesakes = await tx
      .select({ id: partyUsers.id })
      .from(partyUsers)
      .where(and(eq(partyUsers.partyId, party.id), eq(partyUsers.nameKey, nameKey(name.value))))
    if (namesakes.some((row) => row.id !== input.guestId)) return refuse("name_taken", { name: name.value })
    const renamed = await changeSeat({ tx, party }, input.guestId, { name: name.value, nameKey: nameKey(name.value) })
    if (!renamed.ok) return renamed
    emit(partyEvents.userChanged.to(party.id, { guest: guestViewOf(renamed.value) }))
    return ok({})
  },
})

/** [PTY-10] The seat, its coins and its bets stay, so that the kick can be undone. The open connections end [PTY-24]. */
export const kickGuest = command({
  name: "kickGuest",
  who: "host",
  input: guestInput,
  async run({ tx, party, now, emit }, input) {
    const kicked = await changeSeat({ tx, party }, input.guestId, { kickedAt: now })
    if (!kicked.ok) return kicked
    emit(partyEvents.userChanged.to(party.id, { guest: guestViewOf(kicked.value) }))
    emit(partyEvents.guestKicked.to(kicked.value.id, { timestamp: now.toISOString() }))
    emit(endConnections(kicked.value.id))
    return ok({})
  },
})

/** [PTY-10] */
export const readmitGuest = command({
  name: "readmitGuest",
  who: "host",
  input: guestInput,
  async run({ tx, party, emit }, input) {
    const back = await changeSeat({ tx, party }, input.guestId, { kickedAt: null })
    if (!back.ok) return back
    emit(partyEvents.userChanged.to(party.id, { guest: guestViewOf(back.value) }))
    return ok({})
  },
})

/** Tells one phone that its owner is wanted ("You drive next"). */
export const callGuest = command({
  name: "callGuest",
  who: "host",
  input: callGuestInput,
  async run({ tx, party, now, emit }, input) {
    const guest = await findGuest(tx, party.id, input.guestId)
    if (!guest) return refuse("guest_unknown")
    emit(partyEvents.guestCalled.to(guest.id, { message: input.message, timestamp: now.toISOString() }))
    return ok({})
  },
})

/** [PTY-11] */
export const lockDoor = command({
  name: "lockDoor",
  who: "host",
  input: doorInput,
  run: (context, input) => changeParty(context, input),
})

export const changeSettings = command({
  name: "changeSettings",
  who: "host",
  input: settingsInput,
  run: (context, input) => changeParty(context, input),
})

/** [PTY-12] */
export const endParty = command({
  name: "endParty",
  who: "host",
  input: nothing,
  run: (context) => changeParty(context, { status: "ENDED", endedAt: context.now }),
})

/** Coins from the house, with a reason everyone can read on the receipt [WAL-8] [WAL-7]. */
export const grantCoins = command({
  name: "grantCoins",
  who: "host",
  input: grantInput,
  async run({ tx, party, now, emit }, input): Promise<Result<{ walletBalance: number }, PartyRefusal>> {
    const guest = await findGuest(tx, party.id, input.guestId)
    if (!guest) return refuse("guest_unknown")
    if (guest.pinCode === null) return refuse("guest_has_no_purse")
    const credited = await transfer(tx, party.id, now, [
      {
        from: house,
        to: walletOf(guest.id),
        amount: input.amount,
        category: "grant",
        cause: `guest:${guest.id}`,
        note: input.reason || "From the host",
        idempotencyKey: `grant:${party.version}`,
      },
    ])
    const { walletBalance } = one(await repayDebts(tx, party.id, now, credited, `${party.version}`))
    emit(
      partyEvents.walletChanged.to(guest.id, {
        walletBalance,
        delta: walletBalance - guest.walletBalance,
        reason: input.reason || "From the host",
      }),
    )
    return ok({ walletBalance })
  },
})

/** A link for a co-host or a TV [PTY-7]. The token is in this answer and nowhere else. */
export const createHostLink = command({
  name: "createHostLink",
  who: "host",
  input: hostLinkInput,
  async run({ tx, party, now, random, emit }, input) {
    const token = drawLinkToken(input.kind, random)
    await tx
      .insert(partyHostLinks)
      .values({ partyId: party.id, kind: input.kind, label: input.label, tokenHash: linkTokenHash(token), createdAt: now })
    emit(partyEvents.hostLinksChanged.to(party.id, { timestamp: now.toISOString() }))
    return ok({ token })
  },
})

/** [PTY-7] Whoever came in by this link is out at once, the open connections too [PTY-24]. */
export const revokeHostLink = command({
  name: "revokeHostLink",
  who: "host",
  input: revokeHostLinkInput,
  async run({ tx, party, now, emit }, input) {
    const revoked = await tx
      .update(partyHostLinks)
      .set({ revokedAt: now })
      .where(
        and(
          eq(partyHostLinks.partyId, party.id),
          eq(partyHostLinks.id, input.linkId),
          isNull(partyHostLinks.revokedAt),
        ),
      )
      .returning({ id: partyHostLinks.id })
    if (revoked.length === 0) return refuse("link_unknown")
    emit(partyEvents.hostLinksChanged.to(party.id, { timestamp: now.toISOString() }))
    emit(endConnections(input.linkId))
    return ok({})
  },
})

/** [PTY-16] */
export const deleteParty = command({
  name: "deleteParty",
  who: "host",
  input: nothing,
  async run({ tx, party }): Promise<Result<Record<string, never>, PartyRefusal>> {
    await tx.delete(parties).where(eq(parties.id, party.id))
    return ok({})
  },
})

async function changeParty(
  { tx, party, emit }: { [K in "tx" | "party" | "emit"]: HostContext[K] },
  change: Partial<typeof parties.$inferInsert>,
): Promise<Result<Record<string, never>, PartyRefusal>> {
  if (Object.keys(change).length === 0) return ok({})
  const changed = one(await tx.update(parties).set(change).where(eq(parties.id, party.id)).returning())
  emit(partyEvents.partyChanged.to(party.id, { party: partyViewOf(changed) }))
  return ok({})
}

async function changeSeat(
  { tx, party }: { [K in "tx" | "party"]: HostContext[K] },
  guestId: string,
  change: Partial<typeof partyUsers.$inferInsert>,
): Promise<Result<PartyUser, PartyRefusal>> {
  const rows = await tx
    .update(partyUsers)
    .set(change)
    .where(and(eq(partyUsers.partyId, party.id), eq(partyUsers.id, guestId)))
    .returning()
  return rows[0] ? ok(rows[0]) : refuse("guest_unknown")
}
