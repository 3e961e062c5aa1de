import { refuse, type Refusal, type Result } from "@/kernel/result"
import { wordsOf } from "@/kernel/error-words"
import type { AgentDoors, DataDoor, DataOrder, DiscoveryDoor } from "./agent-doors"
import type { AgentStatus, PeerLine } from "./agent-news"
import type { Arrival } from "./arrival"
import type { RelayOffer } from "./control-plane"
import { PeerRoll } from "./peer-roll"

/** Everything that stands while this PC is in; it is taken down as one. */
export type Attachment = {
  readonly arrival: Arrival
  readonly data: DataDoor
  /** Who else is in. */
  readonly roll: PeerRoll
  /** The party's relay, as it was told last. */
  offer: RelayOffer | null
  discovery: DiscoveryDoor | null
}

/** What the data path says while it carries. */
export type DataNews = Pick<DataOrder, "peerChanged" | "sendSignal" | "troubled" | "networkChanged" | "candidatesChanged">

/** Opens the data path on an arrival; when that fails, the arrival's interface and socket are closed. */
export async function attach(doors: AgentDoors, arrival: Arrival, news: DataNews): Promise<Attachment> {
  const { identity, peer, tunnel, socket, nonce, stun, candidates, relay } = arrival
  const privateKey = Buffer.from(identity.privateKey, "base64")
  const order: DataOrder = { ...news, socket, tunnel, networkId: identity.membership.networkId, nonce, stun, candidates, relay, privateKey }
  try {
    const data = await doors.openData(order)
    const roll = new PeerRoll(data, peer.id, () => doors.clock.nowMs(), news.troubled)
    return { arrival, data, roll, offer: relay, discovery: null }
  } catch (error) {
    await Promise.all([tunnel.close(), socket.close()])
    throw error
  }
}

/** [LANA-50] The keys of all others first, then everything else: what does not close keeps nothing else open. */
export async function detach({ roll, data, discovery, arrival }: Attachment, notClosed: (error: unknown) => void): Promise<void> {
  await roll.remove(roll.infos().map(({ id }) => id))
  for (const part of [discovery, data, arrival.tunnel, arrival.socket]) {
    try {
      await part?.close()
    } catch (error) {
      notClosed(error)
    }
  }
}

/** [LAND-4] Games that look for each other; without them everything else goes on. */
export function openDiscovery(doors: AgentDoors, games: readonly string[], { roll, arrival }: Attachment): Promise<Result<DiscoveryDoor, Refusal>> {
  const { virtualIp } = arrival.identity.membership
  const peers = () => roll.infos().map((info) => info.virtual_ip)
  return doors
    .openDiscovery({ virtualIp, interfaceName: arrival.tunnel.interfaceName, games, peers })
    .catch((error: unknown) => refuse("games_not_carried", { why: wordsOf(error) }))
}

/** The others as the owner sees them, in the order of their addresses. */
export function peerLinesOf({ data, roll }: Attachment): PeerLine[] {
  const views = new Map(data.peers().map((peer) => [peer.peerId, peer]))
  return roll
    .infos()
    .map(({ id, name, virtual_ip: virtualIp }) => {
      const path = views.get(id)
      const { connectionType = "connecting", roundTripMs: latencyMs = null } = path?.view ?? {}
      return { id, name, virtualIp, connectionType, latencyMs, isHandedOver: path?.isHandedOver ?? false }
    })
    .sort((one, other) => one.virtualIp.localeCompare(other.virtualIp, "en", { numeric: true }))
}

/** Where in the network this PC is; nowhere while nothing stands. */
export function placeOf(attachment: Attachment | null): Omit<AgentStatus, "state" | "troubles" | "party" | "networkName" | "name"> {
  const { membership } = attachment?.arrival.identity ?? {}
  const { tunnel } = attachment?.arrival ?? {}
  return {
    networkId: membership?.networkId ?? null,
    peerId: membership?.peerId ?? null,
    virtualIp: membership?.virtualIp ?? null,
    isHost: membership?.isHost ?? false,
    carrier: tunnel?.carrier ?? null,
    interfaceName: tunnel?.interfaceName ?? null,
    relay: attachment?.offer?.relay ?? null,
    peers: attachment ? peerLinesOf(attachment) : [],
  }
}
