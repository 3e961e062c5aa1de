import type Pusher from "pusher"
import { eq } from "drizzle-orm"
import { parties, partyUsers } from "@/db/schema/party"
import type { Who } from "@/party/actor"
import { audienceOf, type Audience } from "@/realtime/channels"
import { proveActor } from "./actor"
import type { Claims } from "./identity"
import type { Runtime } from "./runtime"

const socketIdShape = /^\d{1,20}\.\d{1,20}$/

/** The signature that lets this browser listen to this channel, or null. Every channel is private: knowing the key opens nothing. */
export async function authorizeChannel(
  parts: Runtime,
  claims: Claims,
  socketId: string,
  channel: string,
): Promise<Pusher.ChannelAuthResponse | null> {
  const audience = audienceOf(channel)
  if (!audience || !socketIdShape.test(socketId)) return null
  const { pusher } = parts
  switch (audience.kind) {
    case "party":
      return (await mayListen(parts, claims, audience.partyId, "anyone")) ? pusher.authorizeChannel(socketId, channel) : null
    case "host":
      return (await mayListen(parts, claims, audience.partyId, "host")) ? pusher.authorizeChannel(socketId, channel) : null
    case "guest":
      return (await isOwnChannel(parts, claims, audience)) ? pusher.authorizeChannel(socketId, channel) : null
    case "lan-network":
    case "lan-peer":
      return (await isOwnLan(parts, claims, audience)) ? pusher.authorizeChannel(socketId, channel) : null
    case "presence":
      return signPresence(parts, claims, socketId, channel, audience.partyId)
  }
}

async function mayListen({ db }: Runtime, claims: Claims, partyId: string, who: Who): Promise<boolean> {
  const party = (await db.select().from(parties).where(eq(parties.id, partyId)))[0]
  return party !== undefined && (await proveActor(db, party, who, claims, "look")).ok
}

async function isOwnChannel(
  parts: Runtime,
  claims: Claims,
  { guestId }: Extract<Audience, { kind: "guest" }>,
): Promise<boolean> {
  const { guest } = claims
  return guest !== undefined && guest.guestId === guestId && (await mayListen(parts, claims, guest.partyId, "guest"))
}

/** [LAN-72] A PC hears its own network, on the channel of this epoch, and what is told to itself. */
async function isOwnLan(
  { db }: Runtime,
  claims: Claims,
  audience: Extract<Audience, { kind: "lan-network" | "lan-peer" }>,
): Promise<boolean> {
  const partyId = claims.lanPeer?.partyId
  const party = partyId ? (await db.select().from(parties).where(eq(parties.id, partyId)))[0] : undefined
  const actor = party && (await proveActor(db, party, "lanPeer", claims, "look"))
  if (!actor?.ok) return false
  const { peer, network } = actor.value
  if (audience.kind === "lan-peer") return audience.peerId === peer.id
  return audience.networkId === network.id && audience.epoch === network.channelEpoch
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
  if (claims.guest?.partyId === partyId && (await mayListen(parts, claims, partyId, "guest"))) {
    const { guestId } = claims.guest
    const seat = (await db.select({ name: partyUsers.name }).from(partyUsers).where(eq(partyUsers.id, guestId)))[0]
    return pusher.authorizeChannel(socketId, channel, { user_id: guestId, user_info: { name: seat?.name ?? "" } })
  }
  if (!(await mayListen(parts, claims, partyId, "host"))) return null
  return pusher.authorizeChannel(socketId, channel, { user_id: `host-${socketId}` })
}
