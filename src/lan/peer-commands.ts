import { and, eq, gt, isNull, sql } from "drizzle-orm"
import { lanInvitations, lanNetworks, lanPeers, lanSignals } from "@/db/schema/lan"
import { partyUsers } from "@/db/schema/party"
import { one } from "@/kernel/assert"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import type { Party } from "@/party/actor"
import { command } from "@/party/command"
import { passesFamilyFilter } from "@/party/family-filter"
import { freeName, guestName, nameKey } from "@/party/guest-name"
import type { PartyRefusal } from "@/party/refusals"
import { hostAddress, lowestFreeAddress } from "./addresses"
import { admittedCandidates, candidatesFor, isAdmitted, plainAddress } from "./candidates"
import { roomForPcOf } from "./commands"
import { isWorthTelling, summaryOf, type Links } from "./connection"
import { drawPeerId } from "./ids"
import { heartbeatInput, networkInput, redeemInput, returnInput, signalInput, type HeartbeatInput, type RedeemInput } from "./input"
import { lanPeerEvents } from "./peer-events"
import { partyInfoFor, peerInfoFor, peerInfoForAll, type PartyInfo, type PeerFacts, type PeerInfo } from "./peer-view"
import { endpointText } from "./protocol"
import { livingPeers, networkFactsOf, ownNetwork, peerFactsOf, signalViewOf, type Network } from "./queries"
import type { LanRefusal } from "./refusals"
import { roomForSignal, signalLifetimeMs, type SignalBody, type SignalBodyInput } from "./signals"
import { endNetwork, partPeers, tellParty, type Doing } from "./steps"
import { heartbeatMs } from "./timing"
import { drawToken, formerTokenLifetimeMs, tokenHash, tokenLifetimeMs } from "./tokens"

type Redeemed = {
  token: string
  token_expires_at: string
  network: PartyInfo
  peer: PeerInfo
  heartbeat_ms: number
}

/** A PC comes in with its invitation and gets its address and its token, of which the answer is the only copy [LAN-11] [LAN-21] [LAN-30]. */
export const redeemLanInvitation = command({
  name: "redeemLanInvitation",
  who: "lanInvitee",
  input: redeemInput,
  hasSecretAnswer: true,
  async run(context, input): Promise<Result<Redeemed, LanRefusal | PartyRefusal | Refusal<"kicked">>> {
    const { tx, party, actor, now, random, emit } = context
    const invited = await standingInvitation(context, actor.invitationId)
    if (!invited.ok) return invited
    const { network, guestId, ownerName } = invited.value
    const peers = await livingPeers(tx, network.id)
    const room = await roomFor(context, network, peers, { guestId, publicKey: actor.publicKey })
    if (!room.ok) return room
    const name = peerName(party, peers, input.name ?? ownerName)
    if (!name.ok) return name
    const virtualIp = guestId === null ? ok(hostAddress) : lowestFreeAddress(peers.map((peer) => peer.virtualIp))
    if (!virtualIp.ok) return virtualIp

    const token = drawToken(party.id, random)
    const tokenExpiresAt = new Date(now.getTime() + tokenLifetimeMs)
    const row = one(
      await tx
        .insert(lanPeers)
        .values({
          id: drawPeerId(random),
          networkId: network.id,
          guestId,
          isHost: guestId === null,
          name: name.value,
          publicKey: actor.publicKey,
          virtualIp: virtualIp.value,
          ...whereaboutsOf(input, null),
          tokenHash: tokenHash(token),
          tokenExpiresAt,
          joinedAt: now,
          lastSeenAt: now,
        })
        .returning(),
    )
    await tx.update(lanInvitations).set({ redeemedAt: now, redeemedById: row.id }).where(eq(lanInvitations.id, actor.invitationId))
    const peer = peerFactsOf(row)
    const all = [...peers, peer]
    emit(lanPeerEvents.peerJoined.to(network, { peer: peerInfoForAll(peer) }))
    tellParty(context, network, all)
    return ok({
      token,
      token_expires_at: tokenExpiresAt.toISOString(),
      network: partyInfoFor(peer, networkFactsOf(network), all),
      peer: peerInfoFor(peer, peer),
      heartbeat_ms: heartbeatMs,
    })
  },
})

type Returned = { network: PartyInfo; peer: PeerInfo; heartbeat_ms: number }

/**
 * A PC that slept comes back under its old name, key and token, and its old address when that is free still [LAN-83]. Of one that
 * was never taken out, the others hear only where it is now and under which nonce.
 */
export const returnToLan = command({
  name: "returnToLan",
  who: "lanReturner",
  input: returnInput,
  async run(context, input): Promise<Result<Returned, LanRefusal>> {
    const { tx, actor, now, emit } = context
    const { network } = actor
    if (network.id !== input.networkId) return refuse("lan_network_unknown")
    const others = (await livingPeers(tx, network.id)).filter(({ id }) => id !== actor.peer.id)
    if (actor.peer.leftAt !== null) {
      const room = await roomFor(context, network, others, actor.peer)
      if (!room.ok) return room
    }
    const virtualIp = addressFor(actor.peer, others)
    if (!virtualIp.ok) return virtualIp
    const change = {
      ...whereaboutsOf(input, peerFactsOf(actor.peer)),
      ...{ virtualIp: virtualIp.value, leftAt: null, leftReason: null, lastSeenAt: now },
      name: freeName(actor.peer.name, new Set(others.map(({ name }) => nameKey(name)))),
    }
    const peer = peerFactsOf(one(await tx.update(lanPeers).set(change).where(eq(lanPeers.id, actor.peer.id)).returning()))
    const all = [...others, peer]
    if (actor.peer.leftAt !== null) {
      emit(lanPeerEvents.peerJoined.to(network, { peer: peerInfoForAll(peer) }))
      tellParty(context, network, all)
    } else if (isNewsToOthers(peerFactsOf(actor.peer), peer)) {
      emit(lanPeerEvents.peerChanged.to(network, { peer: peerInfoForAll(peer) }))
    }
    return ok({ network: partyInfoFor(peer, networkFactsOf(network), all), peer: peerInfoFor(peer, peer), heartbeat_ms: heartbeatMs })
  },
})

/** The address it had, when nobody has it by now [LAN-11]. */
function addressFor({ virtualIp, isHost }: Pick<PeerFacts, "virtualIp" | "isHost">, others: readonly PeerFacts[]) {
  const taken = new Set(others.map((peer) => peer.virtualIp))
  return isHost || !taken.has(virtualIp) ? ok(virtualIp) : lowestFreeAddress(taken)
}

type Invited = { network: Network; guestId: string | null; ownerName: string }

/** [LAN-21] The invitation, when it can still be redeemed. */
async function standingInvitation({ tx, now }: Doing, invitationId: string): Promise<Result<Invited, LanRefusal | Refusal<"kicked">>> {
  const rows = await tx
    .select({ invitation: lanInvitations, network: lanNetworks, ownerName: partyUsers.name, kickedAt: partyUsers.kickedAt })
    .from(lanInvitations)
    .innerJoin(lanNetworks, eq(lanNetworks.id, lanInvitations.networkId))
    .leftJoin(partyUsers, eq(partyUsers.id, lanInvitations.guestId))
    .where(eq(lanInvitations.id, invitationId))
  const { invitation, network, ownerName, kickedAt } = one(rows)
  if (network.endedAt !== null) return refuse("lan_network_ended")
  if (invitation.redeemedAt !== null) return refuse("lan_invitation_used")
  if (kickedAt !== null) return refuse("kicked")
  if (invitation.revokedAt !== null) return refuse("lan_invitation_unknown")
  if (invitation.expiresAt <= now) return refuse("lan_invitation_expired")
  return ok({ network, guestId: invitation.guestId, ownerName: ownerName ?? "Host" })
}

type Newcomer = { readonly guestId: string | null; readonly publicKey: string }

async function roomFor(doing: Doing, network: Network, peers: readonly PeerFacts[], { guestId, publicKey }: Newcomer): Promise<Result<true, LanRefusal>> {
  const room = await roomForPcOf(doing, network, guestId)
  if (!room.ok) return room
  if (peers.some((peer) => peer.publicKey === publicKey)) return refuse("lan_key_taken")
  if (await isKeyBarred(doing, network, publicKey)) return refuse("lan_barred")
  return peers.length < network.maxPeers ? ok(true) : refuse("lan_full", { limit: network.maxPeers })
}

/** [LAN-33] A key that was kicked does not come back under another guest's name. */
async function isKeyBarred({ tx }: Doing, network: Network, publicKey: string): Promise<boolean> {
  const rows = await tx
    .select({ id: lanPeers.id })
    .from(lanPeers)
    .where(
      and(
        eq(lanPeers.networkId, network.id),
        eq(lanPeers.publicKey, publicKey),
        eq(lanPeers.leftReason, "KICKED"),
        isNull(lanPeers.readmittedAt),
      ),
    )
    .limit(1)
  return rows.length > 0
}

/** [LAN-2] A PC is called like its guest, or as was typed; the second one "Ann 2". */
function peerName(party: Party, peers: readonly PeerFacts[], typed: string): Result<string, PartyRefusal> {
  const name = guestName(typed)
  if (!name.ok) return name
  if (!passesFamilyFilter(name.value, party.familyFilter)) return refuse("name_not_for_family")
  return ok(freeName(name.value, new Set(peers.map((peer) => nameKey(peer.name)))))
}

/** [LAN-40] [LAN-42] What a PC says of where it can be reached, as far as it is believed. What it leaves out stays. */
function whereaboutsOf(input: Omit<RedeemInput, "name">, before: PeerFacts | null): Partial<typeof lanPeers.$inferInsert> {
  const { endpoint, candidates, probe_nonce: probeNonce, nat } = input
  const observedAddress = (input.observedAddress && plainAddress(input.observedAddress)) || (before?.observedAddress ?? null)
  const address = endpoint && plainAddress(endpoint.address)
  const isBelieved = address && isAdmitted(address, observedAddress)
  return {
    observedAddress,
    ...(endpoint === undefined ? {} : { endpoint: isBelieved ? endpointText({ address, port: endpoint?.port ?? 0 }) : null }),
    ...(candidates === undefined ? {} : { candidates: admittedCandidates(candidates, observedAddress) }),
    ...(probeNonce === undefined ? {} : { probeNonce }),
    ...(nat === undefined ? {} : { natMapping: nat.mapping, natFiltering: nat.filtering }),
  }
}

type Beat = { now: string; heartbeat_ms: number; channel_epoch: number; token_expires_at: string; peer_ids: string[] }

/** A PC says that it is there, where, and how it reaches the others [LAN-51] [LAN-80]. Most of the time nobody need hear of it [LAN-84]. */
export const lanHeartbeat = command({
  name: "lanHeartbeat",
  who: "lanPeer",
  input: heartbeatInput,
  isQuiet: true,
  async run(context, input): Promise<Result<Beat, LanRefusal>> {
    const { tx, actor, now, emit } = context
    const own = ownNetwork(actor, input.networkId)
    if (!own.ok) return own
    const network = own.value
    const before = peerFactsOf(actor.peer)
    const peers = await livingPeers(tx, network.id)
    const change = { ...whereaboutsOf(input, before), links: linksAfter(before, input.links, peers), lastSeenAt: now }
    const row = one(await tx.update(lanPeers).set(change).where(eq(lanPeers.id, before.id)).returning())
    const after = peerFactsOf(row)
    if (isNewsToOthers(before, after)) {
      emit(lanPeerEvents.peerChanged.to(network, { peer: peerInfoForAll(after) }))
    }
    const living = new Set(peers.map(({ id }) => id))
    if (isWorthTelling(summaryOf(before, living), summaryOf(after, living))) {
      tellParty(context, network, peers.map((peer) => (peer.id === after.id ? after : peer)))
    }
    return ok({
      now: now.toISOString(),
      heartbeat_ms: heartbeatMs,
      channel_epoch: network.channelEpoch,
      token_expires_at: row.tokenExpiresAt.toISOString(),
      peer_ids: [...living],
    })
  },
})

/** Whether the others have to look again: what everybody may know is another, or what only the own LAN may know [LAN-43]. */
function isNewsToOthers(before: PeerFacts, after: PeerFacts): boolean {
  const knownOf = (peer: PeerFacts) => JSON.stringify([peerInfoForAll(peer), peer.candidates, peer.endpoint])
  return knownOf(before) !== knownOf(after)
}

/** What is reported now over what was, of those who are in the network still. A report about oneself or a stranger is nothing. */
function linksAfter(self: PeerFacts, reported: HeartbeatInput["links"], peers: readonly PeerFacts[]): Links {
  const fresh = (reported ?? []).map((link) => [link.peer_id, { connectionType: link.connection_type, latencyMs: link.latency_ms }] as const)
  const links = new Map([...Object.entries(self.links), ...fresh])
  const others = new Set(peers.flatMap(({ id }) => (id === self.id ? [] : id)))
  return Object.fromEntries([...links].filter(([id]) => others.has(id)))
}

/** A word from one PC to another of its network [LAN-60] [LAN-61]. */
export const sendLanSignal = command({
  name: "sendLanSignal",
  who: "lanPeer",
  input: signalInput,
  async run(context, input): Promise<Result<{ id: number; now: string }, LanRefusal>> {
    const { tx, actor, now, emit } = context
    const own = ownNetwork(actor, input.networkId)
    if (!own.ok) return own
    const sender = peerFactsOf(actor.peer)
    if (input.to === sender.id) return refuse("lan_signal_to_self")
    if (input.sequence <= actor.peer.signalSequence) return refuse("lan_signal_replayed")
    const receiver = await livingPeer(context, own.value, input.to)
    if (!receiver) return refuse("lan_peer_unknown")
    const room = roomForSignal(await waitingSignals(context, sender.id, receiver.id))
    if (!room.ok) return room
    await tx.update(lanPeers).set({ signalSequence: input.sequence }).where(eq(lanPeers.id, sender.id))
    const rows = await tx
      .insert(lanSignals)
      .values({
        networkId: own.value.id,
        fromPeerId: sender.id,
        toPeerId: receiver.id,
        body: toldBody(input.body, sender, receiver, now),
        createdAt: now,
        expiresAt: new Date(now.getTime() + signalLifetimeMs),
      })
      .returning()
    const signal = signalViewOf(one(rows))
    emit(lanPeerEvents.signal.to(receiver.id, { signal }))
    return ok({ id: signal.id, now: now.toISOString() })
  },
})

async function livingPeer({ tx }: Doing, network: Network, peerId: string): Promise<PeerFacts | undefined> {
  const rows = await tx
    .select()
    .from(lanPeers)
    .where(and(eq(lanPeers.networkId, network.id), eq(lanPeers.id, peerId), isNull(lanPeers.leftAt)))
  return rows[0] && peerFactsOf(rows[0])
}

async function waitingSignals({ tx, now }: Doing, fromPeerId: string, toPeerId: string): Promise<{ fromOne: number; toOne: number }> {
  const rows = await tx
    .select({
      fromOne: sql<number>`(count(*) filter (where ${lanSignals.fromPeerId} = ${fromPeerId}))::integer`,
      toOne: sql<number>`count(*)::integer`,
    })
    .from(lanSignals)
    .where(and(eq(lanSignals.toPeerId, toPeerId), gt(lanSignals.expiresAt, now)))
  return one(rows)
}

/** [LAN-42] [LAN-43] [LAN-60] What the receiver is told: candidates it may know, and moments by the server's clock. */
function toldBody(body: SignalBodyInput, sender: PeerFacts, receiver: PeerFacts, now: Date): SignalBody {
  switch (body.kind) {
    case "offer":
      return { ...body, candidates: candidatesFor(receiver, admittedCandidates(body.candidates, sender.observedAddress), sender) }
    case "punch":
      return { kind: "punch", at: new Date(now.getTime() + body.in_ms).toISOString(), attempt: body.attempt }
    case "path":
      return body
  }
}

/** A PC goes. When it is the host's, the network ends [LAN-13] [LAN-82]. */
export const leaveLan = command({
  name: "leaveLan",
  who: "lanPeer",
  input: networkInput,
  async run(context, input): Promise<Result<Record<string, never>, LanRefusal>> {
    const own = ownNetwork(context.actor, input.networkId)
    if (!own.ok) return own
    const { peer } = context.actor
    if (peer.isHost) await endNetwork(context, own.value, "HOST_LEFT")
    else await partPeers(context, own.value, { peerIds: [peer.id], reason: "LEFT" })
    return ok({})
  },
})

/** A new token for the old one, which is good for a moment longer [LAN-32]. */
export const renewLanToken = command({
  name: "renewLanToken",
  who: "lanPeer",
  input: networkInput,
  hasSecretAnswer: true,
  isQuiet: true,
  async run({ tx, party, actor, now, random }, input): Promise<Result<{ token: string; token_expires_at: string }, LanRefusal>> {
    const own = ownNetwork(actor, input.networkId)
    if (!own.ok) return own
    const token = drawToken(party.id, random)
    const tokenExpiresAt = new Date(now.getTime() + tokenLifetimeMs)
    const change = {
      tokenHash: tokenHash(token),
      tokenExpiresAt,
      formerTokenHash: actor.peer.tokenHash,
      formerTokenExpiresAt: new Date(Math.min(now.getTime() + formerTokenLifetimeMs, actor.peer.tokenExpiresAt.getTime())),
    }
    await tx.update(lanPeers).set(change).where(eq(lanPeers.id, actor.peer.id))
    return ok({ token, token_expires_at: tokenExpiresAt.toISOString() })
  },
})
