import { and, eq, inArray, isNull, or } from "drizzle-orm"
import { lanInvitations, lanNetworks, lanPeers, lanSignals } from "@/db/schema/lan"
import { one } from "@/kernel/assert"
import { refuse, ok, type Result } from "@/kernel/result"
import type { Who } from "@/party/actor"
import type { CommandContext } from "@/party/command"
import { lanEvents } from "./events"
import { drawNetworkId } from "./ids"
import { lanPeerEvents } from "./peer-events"
import { lanSummaryOf, type PeerFacts } from "./peer-view"
import { livingNetwork, livingPeers, networkFactsOf, type Network } from "./queries"
import type { LanRefusal } from "./refusals"

/** As much of a command's context as a step needs. */
export type Doing = Pick<CommandContext<Who, undefined>, "tx" | "party" | "now" | "random" | "emit">

/** The party's network; made now when there is none [LAN-1]. */
export async function openNetwork(doing: Doing): Promise<{ network: Network; isNew: boolean }> {
  const { tx, party, now, random } = doing
  const found = await livingNetwork(tx, party.id)
  if (found) return { network: found, isNew: false }
  const values = { id: drawNetworkId(random), partyId: party.id, name: party.name, createdAt: now }
  return { network: one(await tx.insert(lanNetworks).values(values).returning()), isNew: true }
}

/** The party's network, when there is one. */
export async function requireNetwork({ tx, party }: Pick<Doing, "tx" | "party">): Promise<Result<Network, LanRefusal>> {
  const network = await livingNetwork(tx, party.id)
  return network ? ok(network) : refuse("lan_no_network")
}

/** Tells the party's screens what the network is like now [LAN-71]. */
export function tellParty({ party, emit }: Pick<Doing, "party" | "emit">, network: Network, peers: readonly PeerFacts[]): void {
  emit(lanEvents.lanChanged.to(party.id, { lan: lanSummaryOf(networkFactsOf(network), peers) }))
}

/** [LAN-73] Where a PC was is nobody's business once it is gone. */
const forgotten = { endpoint: null, observedAddress: null, candidates: [], probeNonce: null, links: {} }

type Parting = {
  readonly peerIds: readonly string[]
  readonly reason: "LEFT" | "KICKED" | "SILENT"
  /** Whether the host need not let them back in: they were kicked from the party, and that decides. */
  readonly isBarredByParty?: boolean
}

/** Takes PCs out: their addresses are free, their tokens void, and the others hear whose keys to drop [LAN-13] [LAN-33]. */
export async function partPeers(doing: Doing, network: Network, { peerIds, reason, isBarredByParty = false }: Parting): Promise<void> {
  const { tx, now, emit } = doing
  const ids = [...peerIds]
  await tx
    .update(lanPeers)
    .set({ ...forgotten, leftAt: now, leftReason: reason, ...(isBarredByParty ? { readmittedAt: now } : {}) })
    .where(inArray(lanPeers.id, ids))
  await tx.delete(lanSignals).where(or(inArray(lanSignals.fromPeerId, ids), inArray(lanSignals.toPeerId, ids)))
  // Whoever was kicked knows the channel's name, and may be listening still.
  const channelEpoch = network.channelEpoch + (reason === "KICKED" ? 1 : 0)
  if (reason === "KICKED") await tx.update(lanNetworks).set({ channelEpoch }).where(eq(lanNetworks.id, network.id))
  emit(lanPeerEvents.peersLeft.to(network, { peer_ids: ids, reason, channel_epoch: channelEpoch }))
  if (reason === "KICKED") for (const id of ids) emit(lanPeerEvents.kicked.to(id, { at: now.toISOString() }))
  tellParty(doing, { ...network, channelEpoch }, await livingPeers(tx, network.id))
}

type EndReason = NonNullable<Network["endReason"]>

/** Ends a network for all who are in it; the next use makes another [LAN-81] [LAN-82]. */
export async function endNetwork({ tx, party, now, emit }: Doing, network: Network, reason: EndReason): Promise<void> {
  await tx.update(lanNetworks).set({ endedAt: now, endReason: reason }).where(eq(lanNetworks.id, network.id))
  await tx
    .update(lanPeers)
    .set({ ...forgotten, leftAt: now, leftReason: "ENDED" })
    .where(and(eq(lanPeers.networkId, network.id), isNull(lanPeers.leftAt)))
  await tx
    .update(lanInvitations)
    .set({ revokedAt: now })
    .where(and(eq(lanInvitations.networkId, network.id), isNull(lanInvitations.redeemedAt), isNull(lanInvitations.revokedAt)))
  await tx.delete(lanSignals).where(eq(lanSignals.networkId, network.id))
  emit(lanPeerEvents.networkEnded.to(network, { reason }))
  emit(lanEvents.lanChanged.to(party.id, { lan: null }))
}
