import type Pusher from "pusher"
import { eq } from "drizzle-orm"
import { parties, partyUsers } from "@/db/schema/party"
import { audienceOf, type Audience } from "@/realtime/channels"
import type { SignInAs } from "@/realtime/sign-in"
import { proveActor } from "./actor"
import type { Claims } from "./identity"
import { patiently } from "./patience"
import type { Runtime } from "./runtime"

const socketIdShape = /^\d{1,20}\.\d{1,20}$/

/** Which claim is tried first where a browser has several. */
const signInOrder = { guest: ["guest", "host", "tv"], host: ["host", "guest", "tv"] } as const

/**
 * The signature that lets this browser listen to this channel, or null. Every channel is private: knowing the key opens
 * nothing. Our own server is told in whose name it is, so that a kick ends it [PTY-24].
 */
export function authorizeChannel(parts: Runtime, claims: Claims, socketId: string, channel: string): Promise<Pusher.ChannelAuthResponse | null> {
  return patiently(() => signChannel(parts, claims, socketId, channel))
}

async function signChannel(parts: Runtime, claims: Claims, socketId: string, channel: string): Promise<Pusher.ChannelAuthResponse | null> {
  const audience = audienceOf(channel)
  if (!audience || !socketIdShape.test(socketId)) return null
  if (audience.kind === "presence") return signPresence(parts, claims, socketId, channel, audience.partyId)
  const listener = await listenerOf(parts, claims, audience)
  if (!listener) return null
  // Hosted Pusher knows no names in private channels: there a browser signs in instead.
  const isNamed = parts.env.PUSHER_IS_LOCAL && listener.userId !== null
  return isNamed ? parts.pusher.authorizeChannel(socketId, channel, { user_id: listener.userId }) : parts.pusher.authorizeChannel(socketId, channel)
}

/**
 * The signature by which a socket is its user's on hosted Pusher [PTY-24], or null for nobody we know. A co-host by link may
 * play as well: `as` says for which of the two the screen is, since its line is to end with what it was opened by.
 */
export async function authenticateUser(parts: Runtime, claims: Claims, socketId: string, as: SignInAs): Promise<Pusher.UserAuthResponse | null> {
  if (!socketIdShape.test(socketId)) return null
  const listener = await patiently(() => firstListener(parts, claims, signInOrder[as]))
  return listener && parts.pusher.authenticateUser(socketId, { id: listener.userId ?? `host-${socketId}` })
}

async function firstListener(parts: Runtime, claims: Claims, order: readonly ("guest" | "host" | "tv")[]): Promise<Listener | null> {
  for (const who of order) {
    const partyId = claims[who]?.partyId
    const listener = partyId === undefined ? null : await partyListener(parts, claims, partyId, who)
    if (listener) return listener
  }
  return null
}

/** Somebody who may listen. `userId` is whose connections they are to end with; null for the host by passcode, whom nobody sends away. */
type Listener = { readonly userId: string | null }

async function listenerOf(parts: Runtime, claims: Claims, audience: Exclude<Audience, { kind: "presence" }>): Promise<Listener | null> {
  switch (audience.kind) {
    case "party":
      return partyListener(parts, claims, audience.partyId, "anyone")
    case "host":
      return partyListener(parts, claims, audience.partyId, "host")
    case "guest":
      return ownListener(parts, claims, audience)
    case "lan-network":
    case "lan-peer":
      return lanListener(parts, claims, audience)
  }
}

async function partyListener({ db }: Runtime, claims: Claims, partyId: string, who: "anyone" | "guest" | "host" | "tv"): Promise<Listener | null> {
  const party = (await db.select().from(parties).where(eq(parties.id, partyId)))[0]
  const actor = party && (await proveActor(db, party, who, claims, "look"))
  if (!actor?.ok) return null
  if (actor.value.kind === "guest") return { userId: actor.value.guest.id }
  return { userId: claims[actor.value.kind]?.linkId ?? null }
}

async function ownListener(parts: Runtime, claims: Claims, { guestId }: Extract<Audience, { kind: "guest" }>): Promise<Listener | null> {
  const { guest } = claims
  return guest?.guestId === guestId ? partyListener(parts, claims, guest.partyId, "guest") : null
}

/** [LAN-72] A PC hears its own network, on the channel of this epoch, and what is told to itself. */
async function lanListener(
  { db }: Runtime,
  claims: Claims,
  audience: Extract<Audience, { kind: "lan-network" | "lan-peer" }>,
): Promise<Listener | null> {
  const partyId = claims.lanPeer?.partyId
  const party = partyId ? (await db.select().from(parties).where(eq(parties.id, partyId)))[0] : undefined
  const actor = party && (await proveActor(db, party, "lanPeer", claims, "look"))
  if (!actor?.ok) return null
  const { peer, network } = actor.value
  const isOwn = audience.kind === "lan-peer" ? audience.peerId === peer.id : audience.networkId === network.id && audience.epoch === network.channelEpoch
  return isOwn ? { userId: peer.guestId } : null
}

/** Guests are members by their seat; race control listens as a member of its own. */
async function signPresence(
  parts: Runtime,
  claims: Claims,
  socketId: string,
  channel: string,
  partyId: string,
): Promise<Pusher.ChannelAuthResponse | null> {
  const { db, pusher } = parts
  const { guest } = claims
  if (guest?.partyId === partyId && (await partyListener(parts, claims, partyId, "guest"))) {
    const seat = (await db.select({ name: partyUsers.name }).from(partyUsers).where(eq(partyUsers.id, guest.guestId)))[0]
    return pusher.authorizeChannel(socketId, channel, { user_id: guest.guestId, user_info: { name: seat?.name ?? "" } })
  }
  const host = await partyListener(parts, claims, partyId, "host")
  return host ? pusher.authorizeChannel(socketId, channel, { user_id: host.userId ?? `host-${socketId}` }) : null
}
