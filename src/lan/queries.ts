import { and, asc, eq, gt, isNull, ne, sql } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"
import { lanNetworks, lanPeers, lanSignals } from "@/db/schema/lan"
import { ok, refuse, type Result } from "@/kernel/result"
import type { LanPeerActor } from "@/party/actor"
import { query } from "@/party/command"
import { nothing } from "@/party/input"
import { channelOf } from "@/realtime/channels"
import { placeOf } from "./addresses"
import { readEndpoint } from "./candidates"
import type { Links } from "./connection"
import { networkInput, signalsInput } from "./input"
import {
  lanSummaryOf,
  partyInfoFor,
  peerInfoFor,
  type NetworkFacts,
  type PartyInfo,
  type PeerFacts,
  type PeerInfo,
} from "./peer-view"
import type { Candidate } from "./protocol"
import type { LanRefusal } from "./refusals"
import type { Pairs } from "./relay-tickets"
import { signalView, type SignalView } from "./signals"
import { emptinessMs, silenceMs } from "./timing"
import type { LanSummary } from "./view"

export type Network = typeof lanNetworks.$inferSelect
type PeerRow = typeof lanPeers.$inferSelect

/** What the rules know of a network: that there is a password, never which. */
export function networkFactsOf(network: Network): NetworkFacts {
  const { id, name, maxPeers, channelEpoch, createdAt } = network
  return { id, name, maxPeers, channelEpoch, createdAt, hasPassword: network.passwordHash !== null }
}

// Not its tokens: what is not read is in no view.
const factColumns = {
  id: lanPeers.id,
  guestId: lanPeers.guestId,
  isHost: lanPeers.isHost,
  name: lanPeers.name,
  publicKey: lanPeers.publicKey,
  virtualIp: lanPeers.virtualIp,
  endpoint: lanPeers.endpoint,
  observedAddress: lanPeers.observedAddress,
  candidates: lanPeers.candidates,
  probeNonce: lanPeers.probeNonce,
  natMapping: lanPeers.natMapping,
  natFiltering: lanPeers.natFiltering,
  links: lanPeers.links,
  joinedAt: lanPeers.joinedAt,
}

/** What the rules know of a PC, its token left out. */
export function peerFactsOf(row: Pick<PeerRow, keyof typeof factColumns>): PeerFacts {
  const { id, guestId, isHost, name, publicKey, virtualIp, observedAddress, probeNonce, joinedAt } = row
  return {
    ...{ id, guestId, isHost, name, publicKey, virtualIp, observedAddress, probeNonce, joinedAt },
    endpoint: row.endpoint === null ? null : readEndpoint(row.endpoint),
    candidates: row.candidates as readonly Candidate[],
    nat: { mapping: row.natMapping, filtering: row.natFiltering },
    links: row.links as Links,
  }
}

/** The party's network, when there is one [LAN-1]. */
export async function livingNetwork(db: Db | Tx, partyId: string): Promise<Network | undefined> {
  const rows = await db.select().from(lanNetworks).where(and(eq(lanNetworks.partyId, partyId), isNull(lanNetworks.endedAt)))
  return rows[0]
}

/** Who is in a network, in the order of joining. */
export async function livingPeers(db: Db | Tx, networkId: string): Promise<PeerFacts[]> {
  const rows = await db
    .select(factColumns)
    .from(lanPeers)
    .where(and(eq(lanPeers.networkId, networkId), isNull(lanPeers.leftAt)))
    .orderBy(asc(lanPeers.joinedAt), asc(lanPeers.id))
  return rows.map(peerFactsOf)
}

/** [LAN-34] The network of a token. Any other does not exist for it, whether there is one or not. */
export function ownNetwork({ network }: LanPeerActor, networkId: string): Result<Network, LanRefusal> {
  return network.id === networkId ? ok(network) : refuse("lan_network_unknown")
}

/** The network as everybody at the party sees it; null when there is none [LAN-71]. One statement: every screen's snapshot waits for it. */
export async function lanSummaryFor(db: Db | Tx, partyId: string): Promise<LanSummary | null> {
  const rows = await db
    .select({ network: lanNetworks, peer: factColumns })
    .from(lanNetworks)
    .leftJoin(lanPeers, and(eq(lanPeers.networkId, lanNetworks.id), isNull(lanPeers.leftAt)))
    .where(and(eq(lanNetworks.partyId, partyId), isNull(lanNetworks.endedAt)))
    .orderBy(asc(lanPeers.joinedAt), asc(lanPeers.id))
  const network = rows[0]?.network
  return network ? lanSummaryOf(networkFactsOf(network), rows.flatMap(({ peer }) => (peer ? [peerFactsOf(peer)] : []))) : null
}

export const lanSummary = query({
  name: "lanSummary",
  who: "anyone",
  input: nothing,
  run: async ({ db, party }) => ok({ lan: await lanSummaryFor(db, party.id) }),
})

/** What race control sees besides: whom the host has kicked, and so may let back in [LAN-33]. */
export const lanKicked = query({
  name: "lanKicked",
  who: "host",
  input: nothing,
  async run({ db, party }): Promise<Result<{ kicked: { peerId: string; guestId: string | null; name: string }[] }, never>> {
    const network = await livingNetwork(db, party.id)
    if (!network) return ok({ kicked: [] })
    const kicked = await db
      .select({ peerId: lanPeers.id, guestId: lanPeers.guestId, name: lanPeers.name })
      .from(lanPeers)
      .where(and(eq(lanPeers.networkId, network.id), eq(lanPeers.leftReason, "KICKED"), isNull(lanPeers.readmittedAt)))
      .orderBy(asc(lanPeers.leftAt), asc(lanPeers.id))
    return ok({ kicked })
  },
})

/** [LAN-91] Which network the host's relay is asked about. */
export const lanNetworkId = query({
  name: "lanNetworkId",
  who: "host",
  input: nothing,
  run: async ({ db, party }) => ok({ networkId: (await livingNetwork(db, party.id))?.id ?? null }),
})

/** The network as this PC may see it [LAN-50]. */
export const lanStatus = query({
  name: "lanStatus",
  who: "lanPeer",
  input: networkInput,
  async run({ db, actor, now }, input): Promise<Result<{ network: PartyInfo; peer: PeerInfo; now: string }, LanRefusal>> {
    const network = ownNetwork(actor, input.networkId)
    if (!network.ok) return network
    const self = peerFactsOf(actor.peer)
    const peers = await livingPeers(db, network.value.id)
    return ok({
      network: partyInfoFor(self, networkFactsOf(network.value), peers),
      peer: peerInfoFor(self, self),
      now: now.toISOString(),
    })
  },
})

/** The others in the network, in the order of their addresses [LAN-50]. */
export const lanPeerList = query({
  name: "lanPeerList",
  who: "lanPeer",
  input: networkInput,
  async run({ db, actor }, input): Promise<Result<{ peers: PeerInfo[] }, LanRefusal>> {
    const network = ownNetwork(actor, input.networkId)
    if (!network.ok) return network
    const self = peerFactsOf(actor.peer)
    const others = (await livingPeers(db, network.value.id)).filter(({ id }) => id !== self.id)
    const inOrder = others.toSorted((one, other) => (placeOf(one.virtualIp) ?? 0) - (placeOf(other.virtualIp) ?? 0))
    return ok({ peers: inOrder.map((peer) => peerInfoFor(self, peer)) })
  },
})

const mostFetched = 100

/** What the others told this PC since the signal it knows, oldest first: for who missed the push [LAN-62]. */
export const lanSignalsFor = query({
  name: "lanSignalsFor",
  who: "lanPeer",
  input: signalsInput,
  async run({ db, actor, now }, input): Promise<Result<{ signals: SignalView[] }, LanRefusal>> {
    const network = ownNetwork(actor, input.networkId)
    if (!network.ok) return network
    const rows = await db
      .select()
      .from(lanSignals)
      .where(and(eq(lanSignals.toPeerId, actor.peer.id), gt(lanSignals.id, input.after), gt(lanSignals.expiresAt, now)))
      .orderBy(asc(lanSignals.id))
      .limit(mostFetched)
    return ok({ signals: rows.map(signalViewOf) })
  },
})

/** A signal as its receiver may see it. Throws when the row holds none: a bug. */
export function signalViewOf(row: typeof lanSignals.$inferSelect): SignalView {
  return signalView.parse({ id: row.id, from: row.fromPeerId, sent_at: row.createdAt.toISOString(), body: row.body })
}

/** The channels of this PC [LAN-70]. */
export const lanChannels = query({
  name: "lanChannels",
  who: "lanPeer",
  input: networkInput,
  async run({ actor }, input): Promise<Result<{ channels: { network: string; peer: string } }, LanRefusal>> {
    const network = ownNetwork(actor, input.networkId)
    if (!network.ok) return network
    const { id, channelEpoch } = network.value
    return ok({
      channels: {
        network: channelOf({ kind: "lan-network", networkId: id, epoch: channelEpoch }),
        peer: channelOf({ kind: "lan-peer", peerId: actor.peer.id }),
      },
    })
  },
})

/** Whom this PC may reach through the relay [LAN-90]. */
export const lanPairs = query({
  name: "lanPairs",
  who: "lanPeer",
  input: networkInput,
  async run({ db, actor }, input): Promise<Result<Pairs, LanRefusal>> {
    const network = ownNetwork(actor, input.networkId)
    if (!network.ok) return network
    const { id, virtualIp, tokenExpiresAt } = actor.peer
    const others = await db
      .select({ id: lanPeers.id, virtualIp: lanPeers.virtualIp })
      .from(lanPeers)
      .where(and(eq(lanPeers.networkId, network.value.id), isNull(lanPeers.leftAt), ne(lanPeers.id, id)))
      .orderBy(asc(lanPeers.joinedAt), asc(lanPeers.id))
    return ok({ networkId: network.value.id, self: { id, virtualIp }, others, tokenExpiresAt })
  },
})

/** What the clock finds to do in a network [LAN-80] [LAN-81]. */
export type LanDue = {
  readonly partyId: string
  readonly isPartyEnded: boolean
  readonly isEmpty: boolean
  readonly silentIds: readonly string[]
  /** PCs of guests whom the host has kicked from the party. */
  readonly kickedIds: readonly string[]
}

/** Networks in which something is due, of all parties or of one. */
export async function dueLans(db: Db | Tx, now: Date, partyId?: string): Promise<LanDue[]> {
  const silentSince = new Date(now.getTime() - silenceMs).toISOString()
  const emptySince = new Date(now.getTime() - emptinessMs).toISOString()
  const result = await db.execute<{ party_id: string; is_party_ended: boolean; is_empty: boolean; silent: string[]; kicked: string[] }>(sql`
    select * from (
      select n.party_id, p.status = 'ENDED' as is_party_ended,
        (select coalesce(jsonb_agg(q.id), '[]') from lan_peers q
          where q.network_id = n.id and q.left_at is null and q.last_seen_at <= ${silentSince}::timestamptz) as silent,
        (select coalesce(jsonb_agg(q.id), '[]') from lan_peers q join party_users u on u.id = q.guest_id
          where q.network_id = n.id and q.left_at is null and u.kicked_at is not null) as kicked,
        n.created_at <= ${emptySince}::timestamptz
          and not exists (select from lan_peers q where q.network_id = n.id
            and (q.left_at is null or q.left_at > ${emptySince}::timestamptz))
          and not exists (select from lan_invitations i where i.network_id = n.id
            and coalesce(i.redeemed_at, i.revoked_at, i.expires_at) > ${emptySince}::timestamptz) as is_empty
      from lan_networks n join parties p on p.id = n.party_id
      where n.ended_at is null ${partyId ? sql`and n.party_id = ${partyId}::uuid` : sql``}
    ) due where is_party_ended or is_empty or silent <> '[]' or kicked <> '[]'`)
  return result.rows.map((row) => ({
    partyId: row.party_id,
    isPartyEnded: row.is_party_ended,
    isEmpty: row.is_empty,
    silentIds: row.silent,
    kickedIds: row.kicked,
  }))
}
