import { z } from "zod"
import { placeOf } from "./addresses"
import { candidatesFor, isForViewer } from "./candidates"
import { linkSeenBy, summaryOf, type Link, type Links } from "./connection"
import { natTypeOf, natTypes, type NatBehaviour } from "./nat-behaviour"
import { candidatesSchema, connectionTypes, endpointText, type Candidate, type Endpoint } from "./protocol"
import { mostShown, type LanSummary } from "./view"

/** Everything that is known of a living peer but its tokens: what a view is made of. */
export type PeerFacts = {
  readonly id: string
  readonly guestId: string | null
  readonly isHost: boolean
  readonly name: string
  readonly publicKey: string
  readonly virtualIp: string
  readonly endpoint: Endpoint | null
  readonly observedAddress: string | null
  readonly candidates: readonly Candidate[]
  readonly probeNonce: string | null
  readonly nat: NatBehaviour
  readonly links: Links
  readonly joinedAt: Date
}

export type NetworkFacts = {
  readonly id: string
  readonly name: string
  readonly maxPeers: number
  readonly hasPassword: boolean
  readonly channelEpoch: number
  readonly createdAt: Date
}

/** [LAN-50] A PC as the others in its network see it: the seeds' names, and what a path needs besides. */
export const peerInfo = z.object({
  id: z.string(),
  name: z.string(),
  public_key: z.string(),
  virtual_ip: z.string().refine((address) => placeOf(address) !== null),
  endpoint: z.string().nullable().describe("address:port outside its router; null while it is not known."),
  latency_ms: z.number().nullable(),
  connection_type: z.enum(connectionTypes),
  nat_type: z.enum(natTypes),
  joined_at: z.iso.datetime(),
  candidates: candidatesSchema,
  probe_nonce: z.string().nullable(),
})
export type PeerInfo = z.infer<typeof peerInfo>

/** [LAN-50] A network as its members see it. `peers` is by peer id, as in the seeds. */
export const partyInfo = z.object({
  id: z.string(),
  name: z.string(),
  host_id: z.string().nullable().describe("The host's PC; null while it is not in."),
  peers: z.record(z.string(), peerInfo),
  created_at: z.iso.datetime(),
  max_peers: z.int(),
  has_password: z.boolean(),
  channel_epoch: z.int().describe("Part of the channel's name; a kick counts it up."),
})
export type PartyInfo = z.infer<typeof partyInfo>

const nowhere = { observedAddress: null }

/** [LAN-43] [LAN-50] A peer as `viewer` may see it. */
export function peerInfoFor(viewer: PeerFacts, peer: PeerFacts): PeerInfo {
  return infoOf(peer, viewer.id === peer.id ? null : viewer, linkSeenBy(viewer, peer))
}

/** [LAN-43] A peer as every member may see it at once: without what only its own LAN may know, and without anybody's path to it. */
export function peerInfoForAll(peer: PeerFacts): PeerInfo {
  return infoOf(peer, nowhere, { connectionType: peer.isHost ? "host" : "unknown", latencyMs: null })
}

/** @param viewer null for the peer itself. */
function infoOf(peer: PeerFacts, viewer: Pick<PeerFacts, "observedAddress"> | null, link: Link): PeerInfo {
  const { endpoint } = peer
  const isEndpointShown = endpoint !== null && (viewer === null || isForViewer(viewer, endpoint.address, peer))
  return {
    id: peer.id,
    name: peer.name,
    public_key: peer.publicKey,
    virtual_ip: peer.virtualIp,
    endpoint: isEndpointShown ? endpointText(endpoint) : null,
    latency_ms: link.latencyMs,
    connection_type: link.connectionType,
    nat_type: natTypeOf(peer.nat),
    joined_at: peer.joinedAt.toISOString(),
    candidates: viewer === null ? [...peer.candidates] : candidatesFor(viewer, peer.candidates, peer),
    probe_nonce: peer.probeNonce,
  }
}

/** [LAN-50] The network as `viewer` may see it. */
export function partyInfoFor(viewer: PeerFacts, network: NetworkFacts, peers: readonly PeerFacts[]): PartyInfo {
  return {
    id: network.id,
    name: network.name,
    host_id: peers.find(({ isHost }) => isHost)?.id ?? null,
    peers: Object.fromEntries(peers.map((peer) => [peer.id, peerInfoFor(viewer, peer)])),
    created_at: network.createdAt.toISOString(),
    max_peers: network.maxPeers,
    has_password: network.hasPassword,
    channel_epoch: network.channelEpoch,
  }
}

/** [LAN-71] The network as the party's screens see it. */
export function lanSummaryOf(network: NetworkFacts, peers: readonly PeerFacts[]): LanSummary {
  const living = new Set(peers.map(({ id }) => id))
  const told = peers
    .toSorted((one, other) => (placeOf(one.virtualIp) ?? 0) - (placeOf(other.virtualIp) ?? 0))
    .map((peer) => {
      const { id, guestId, name, virtualIp } = peer
      return { id, guestId, name, virtualIp, ...summaryOf(peer, living) }
    })
  const counts: LanSummary["counts"] = {}
  for (const { connectionType } of told) counts[connectionType] = (counts[connectionType] ?? 0) + 1
  return {
    id: network.id,
    name: network.name,
    maxPeers: network.maxPeers,
    hasPassword: network.hasPassword,
    peerCount: told.length,
    counts,
    peers: told.slice(0, mostShown),
  }
}
