import { and, asc, desc, eq, gt, isNull, sql } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"
import { parties, partyEvents, partyHostLinks, partyUsers } from "@/db/schema/party"
import { ok } from "@/kernel/result"
import { channelOf } from "@/realtime/channels"
import { debtsOf, receiptOf } from "@/wallet/queries"
import type { PartyUser } from "./actor"
import { query } from "./command"
import { partyEvents as announced } from "./events"
import { nothing } from "./input"
import { guestViewOf, type GuestView, type OwnGuestView } from "./view"

// Two guests can join within the same millisecond; the id then keeps every screen to one order.
const inOrderOfJoining = [asc(partyUsers.createdAt), asc(partyUsers.id)]

/** Every seat of a party, kicked ones included, in the order of joining. */
export async function guestsOf(db: Db | Tx, partyId: string): Promise<GuestView[]> {
  const rows = await db.select().from(partyUsers).where(eq(partyUsers.partyId, partyId)).orderBy(...inOrderOfJoining)
  return rows.map(guestViewOf)
}

/** A seat of this party, or nothing: an id of another party finds nobody. */
export async function findGuest(db: Db | Tx, partyId: string, guestId: string): Promise<PartyUser | undefined> {
  const rows = await db.select().from(partyUsers).where(and(eq(partyUsers.partyId, partyId), eq(partyUsers.id, guestId)))
  return rows[0]
}

/** What a guest may see of their own seat, PIN and purse included. */
export async function ownGuestView(
  db: Db | Tx,
  guest: PartyUser & { pinCode: number },
): Promise<OwnGuestView> {
  const debts = await debtsOf(db, guest.partyId, [guest.id])
  return {
    id: guest.id,
    name: guest.name,
    pinCode: guest.pinCode,
    avatarUrl: guest.avatarUrl,
    walletBalance: guest.walletBalance,
    vaultBalance: guest.vaultBalance,
    owedCoins: debts.get(guest.id) ?? 0,
    createdAt: guest.createdAt.toISOString(),
  }
}

const callLifetimeMs = 15 * 60 * 1000

/**
 * The host's latest call to this guest, as the event log has it; null when it is too old to answer. So a phone that slept
 * through the event still shows it.
 */
export async function latestCallTo(
  db: Db | Tx,
  guestId: string,
  now: Date,
): Promise<{ message: string; at: string } | null> {
  const rows = await db
    .select({ data: partyEvents.data })
    .from(partyEvents)
    .where(
      and(
        eq(partyEvents.channel, channelOf({ kind: "guest", guestId })),
        eq(partyEvents.eventType, announced.guestCalled.name),
        gt(partyEvents.createdAt, new Date(now.getTime() - callLifetimeMs)),
      ),
    )
    .orderBy(desc(partyEvents.version))
    .limit(1)
  const call = announced.guestCalled.payload.safeParse(rows[0]?.data)
  return call.success ? { message: call.data.message, at: call.data.timestamp } : null
}

/** The open party with this PIN, if there is one. */
export async function openPartyWithPin(db: Db | Tx, joinPin: number) {
  const rows = await db.select().from(parties).where(and(eq(parties.joinPin, joinPin), eq(parties.status, "OPEN")))
  return rows[0]
}

/** The party that was opened last: what a laptop's landing page is about. */
export async function newestOpenParty(db: Db | Tx) {
  const rows = await db.select().from(parties).where(eq(parties.status, "OPEN")).orderBy(desc(parties.createdAt)).limit(1)
  return rows[0]
}

export const currentGuest = query({
  name: "currentGuest",
  who: "guest",
  input: nothing,
  run: async ({ db, actor }) => ok({ user: await ownGuestView(db, actor.guest) }),
})

export const allGuests = query({
  name: "allGuests",
  who: "anyone",
  input: nothing,
  run: async ({ db, party }) => ok({ users: await guestsOf(db, party.id) }),
})

/** A guest's own receipt [WAL-5]. */
export const receipt = query({
  name: "receipt",
  who: "guest",
  input: nothing,
  run: async ({ db, party, actor }) => ok({ lines: await receiptOf(db, party.id, actor.guest.id) }),
})

/** The links the host gave out: never their tokens. */
export const hostLinks = query({
  name: "hostLinks",
  who: "host",
  input: nothing,
  run: async ({ db, party }) => {
    const rows = await db
      .select()
      .from(partyHostLinks)
      .where(and(eq(partyHostLinks.partyId, party.id), isNull(partyHostLinks.revokedAt)))
      .orderBy(asc(partyHostLinks.createdAt))
    const given = rows.filter((row) => row.kind !== "ONE_TIME")
    return ok({
      links: given.map((row) => ({
        id: row.id,
        kind: row.kind,
        label: row.label,
        createdAt: row.createdAt.toISOString(),
        isRedeemed: row.redeemedAt !== null,
      })),
    })
  },
})

/** The evening's table: who has how many coins, vault included, most first. Ties share the order of joining. */
export async function eveningTableOf(
  db: Db | Tx,
  partyId: string,
): Promise<{ guestId: string; name: string; coins: number }[]> {
  return db
    .select({
      guestId: partyUsers.id,
      name: partyUsers.name,
      coins: sql<number>`${partyUsers.walletBalance} + ${partyUsers.vaultBalance}`,
    })
    .from(partyUsers)
    .where(and(eq(partyUsers.partyId, partyId), isNull(partyUsers.kickedAt), sql`${partyUsers.pinCode} is not null`))
    .orderBy(sql`3 desc`, ...inOrderOfJoining)
}

/** The newest 200 events, for race control's log. Left out is what is a guest's own, what PCs of the LAN tell each other, and whose connections ended. */
export const eventLog = query({
  name: "eventLog",
  who: "host",
  input: nothing,
  run: async ({ db, party }) => {
    const rows = await db
      .select({
        id: partyEvents.id,
        version: partyEvents.version,
        eventType: partyEvents.eventType,
        channel: partyEvents.channel,
        data: partyEvents.data,
        createdAt: partyEvents.createdAt,
      })
      .from(partyEvents)
      .where(
        and(
          eq(partyEvents.partyId, party.id),
          sql`${partyEvents.channel} not like 'private-guest@%'`,
          sql`${partyEvents.channel} not like 'private-lan-%'`,
          sql`${partyEvents.channel} not like '#%'`,
        ),
      )
      .orderBy(desc(partyEvents.id))
      .limit(200)
    return ok({ events: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })) })
  },
})
