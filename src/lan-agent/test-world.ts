import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import type { PartyInfo, PeerInfo } from "@/lan/peer-view"
import type { Candidate, ConnectionType, Endpoint } from "@/lan/protocol"
import type { SignalBodyInput } from "@/lan/signals"
import type { AgentClock } from "./agent-clock"
import type { AgentDoors, DataDoor, DataOrder, DataPeer, DataPeerNews, DataPeerView, LiveNews } from "./agent-doors"
import type { AgentNews } from "./agent-news"
import type { Beat, ControlPlane, Credentials, Realtime, RelayOffer, Whereabouts, LinkReport } from "./control-plane"
import type { Identity } from "./identity-file"

// A world for an agent without sockets, processes, party or time of its own.

/** Time that passes when it is told to. */
export class TestClock implements AgentClock {
  #nowMs = Date.parse("2026-11-21T20:00:00.000Z")
  readonly #waiting = new Set<{ atMs: number; then: () => void }>()

  nowMs(): number {
    return this.#nowMs
  }

  after(ms: number, then: () => void): () => void {
    const entry = { atMs: this.#nowMs + ms, then }
    this.#waiting.add(entry)
    return () => void this.#waiting.delete(entry)
  }

  /** Lets so much time pass, one appointment after the other, each with all that follows from it. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms
    await settle()
    for (;;) {
      const next = [...this.#waiting].filter(({ atMs }) => atMs <= untilMs).sort((one, other) => one.atMs - other.atMs)[0]
      if (!next) break
      this.#waiting.delete(next)
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      next.then()
      await settle()
    }
    this.#nowMs = untilMs
  }
}

/** Everything that waits for nothing but promises has happened. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

export const ownId = "000000000000000a"

export function peerInfoOf(id: string, more: Partial<PeerInfo> = {}): PeerInfo {
  return {
    id,
    name: `PC ${id.slice(-1)}`,
    public_key: `${id.slice(-1).repeat(43)}=`,
    virtual_ip: `10.66.0.${parseInt(id.slice(-1), 16)}`,
    endpoint: null,
    latency_ms: null,
    connection_type: "unknown",
    nat_type: "unknown",
    joined_at: "2026-11-21T20:00:00.000Z",
    candidates: [],
    probe_nonce: "0".repeat(31) + id.slice(-1),
    ...more,
  }
}

const away: Refusal = { code: "party_unreachable", detail: { why: "ECONNREFUSED", connected: "no" } }

/** The party, as its answers: every one can be changed, and every question is written down. */
export class TestParty {
  isAway = false
  isSilentToLeave = false
  refusals: Partial<Record<keyof ControlPlane, Refusal>> = {}
  peers: PeerInfo[] = []
  isHost = false
  epoch = 0
  virtualIp = "10.66.0.10"
  tokenExpiresAt = "2026-11-22T20:00:00.000Z"
  password: string | null = null
  tokens = 1
  readonly asked: string[] = []
  readonly returns: Whereabouts[] = []
  readonly beats: (Whereabouts & { links?: readonly LinkReport[] })[] = []
  readonly signals: { to: string; sequence: number; body: SignalBodyInput }[] = []
  readonly joins: { name?: string | undefined; password?: string | undefined; invitation: string; whereabouts: Whereabouts }[] = []
  /** Holds back the answer to `peers` until it is called. */
  holdPeers: Promise<void> | null = null
  /** The same for any other question. */
  holds: Partial<Record<keyof ControlPlane, Promise<void>>> = {}
  relayPort = 3479
  /** Of the PC's clock. */
  aheadMs = 0

  constructor(readonly clock: AgentClock) {}

  credentials: () => Credentials | null = () => null

  count(question: keyof ControlPlane): number {
    return this.asked.filter((asked) => asked === question).length
  }

  network(): PartyInfo {
    const self = this.self()
    const all = [self, ...this.peers]
    const hostId = this.isHost ? self.id : null
    const peers = Object.fromEntries(all.map((peer) => [peer.id, peer]))
    return { id: "0123456789ab", name: "Friday", host_id: hostId, peers, created_at: "2026-11-21T19:00:00.000Z", max_peers: 64, has_password: false, channel_epoch: this.epoch }
  }

  self(): PeerInfo {
    return peerInfoOf(ownId, { name: "Ann", virtual_ip: this.virtualIp })
  }

  plane(): ControlPlane {
    const answer = async <T>(question: keyof ControlPlane, value: () => T): Promise<Result<T, Refusal>> => {
      this.asked.push(question)
      await this.holds[question]
      if (this.isAway) return { ok: false, refusal: away }
      const refusal = this.refusals[question]
      return refusal ? { ok: false, refusal } : ok(value())
    }
    const seat = () => ({ network: this.network(), peer: this.self(), heartbeat_ms: 25_000 })
    return {
      challenge: () => answer("challenge", () => ({ server_public_key: "s", nonce: "n", stun: [{ address: "198.51.100.1", port: 3478 }] })),
      join: async ({ invitation, name, password, whereabouts }) => {
        this.joins.push({ invitation, name, password, whereabouts })
        if (this.password !== null && password !== this.password) {
          this.asked.push("join")
          return refuse(password === undefined ? "lan_password_needed" : "lan_wrong_password")
        }
        return answer("join", () => ({ ...seat(), token: `token ${this.tokens}`, token_expires_at: this.tokenExpiresAt }))
      },
      comeBack: (whereabouts) => {
        this.returns.push(whereabouts)
        return answer("comeBack", seat)
      },
      status: () => answer("status", () => ({ network: this.network(), peer: this.self() })),
      peers: async () => {
        const peers = [...this.peers]
        const held = this.holdPeers
        await held
        return answer("peers", () => ({ peers: held ? peers : [...this.peers] }))
      },
      heartbeat: (said) => {
        this.beats.push(said)
        return answer("heartbeat", () => this.beat())
      },
      signal: (to, sequence, body) => {
        this.signals.push({ to, sequence, body })
        return answer("signal", () => ({}))
      },
      signals: () => answer("signals", () => ({ signals: [] })),
      renew: () =>
        answer("renew", () => {
          this.tokens += 1
          this.tokenExpiresAt = "2026-11-23T20:00:00.000Z"
          return { token: `token ${this.tokens}`, token_expires_at: this.tokenExpiresAt }
        }),
      relay: () => answer("relay", () => ({ relay: { address: "198.51.100.1", port: this.relayPort }, tickets: this.tickets(), now: "2026-11-21T20:00:00.000Z" })),
      realtime: () => answer("realtime", () => ({ key: "k", cluster: null, auth_endpoint: "/auth", channels: { network: `network ${this.epoch}`, peer: "peer" } })),
      leave: () => (this.isSilentToLeave ? new Promise(() => this.asked.push("leave")) : answer("leave", () => ({}))),
    }
  }

  beat(): Beat {
    return { now: new Date(this.clock.nowMs() + this.aheadMs).toISOString(), heartbeat_ms: 25_000, channel_epoch: this.epoch, token_expires_at: this.tokenExpiresAt, peer_ids: [ownId, ...this.peers.map(({ id }) => id)] }
  }

  tickets() {
    return this.peers.map(({ id }) => ({ peer_id: id, self_index: 10, peer_index: 11, ticket: "dGlja2V0", key: "a2V5", expires_at: "2026-11-21T21:00:00.000Z" }))
  }
}

/** The data path as a list of who is in it. */
export class TestData implements DataDoor {
  readonly keys = new Map<string, DataPeer>()
  readonly views = new Map<string, { connectionType: ConnectionType; roundTripMs: number | null }>()
  readonly log: string[] = []
  isClosed = false

  constructor(readonly order: DataOrder) {}

  addPeer(peer: DataPeer): void {
    this.log.push(`add ${peer.peerId} ${peer.nonce}`)
    this.keys.set(peer.peerId, peer)
  }
  updatePeer(peerId: string, news: DataPeerNews): void {
    this.log.push(`update ${peerId} ${Object.keys(news).join(" ")}`)
  }
  removePeer(peerId: string): void {
    this.log.push(`remove ${peerId}`)
    this.keys.delete(peerId)
  }
  signalArrived(): void {
    this.log.push("signal")
  }
  moveRelay({ relay }: RelayOffer): void {
    this.log.push(`relay ${relay?.port}`)
  }
  peers(): DataPeerView[] {
    return [...this.keys.values()].map(({ peerId, virtualIp }) => {
      const { connectionType, roundTripMs } = this.views.get(peerId) ?? { connectionType: "connecting" as const, roundTripMs: null }
      const status = connectionType === "failed" ? ("failed" as const) : connectionType === "connecting" ? ("connecting" as const) : ("connected" as const)
      return { peerId, virtualIp, view: { status, connectionType, path: null, roundTripMs }, isHandedOver: false, receivedBytes: 0, sentBytes: 0 }
    })
  }
  close(): void {
    this.isClosed = true
  }
  /** A path is of another kind now. */
  becomes(peerId: string, connectionType: ConnectionType, roundTripMs: number | null = null): void {
    this.views.set(peerId, { connectionType, roundTripMs })
    this.order.peerChanged()
  }
}

type Opened = { readonly virtualIp: string; readonly breakDown: (why: string) => void; isClosed: boolean }

/** Everything around the agent. */
export function testWorld() {
  const clock = new TestClock()
  const party = new TestParty(clock)
  const tunnels: Opened[] = []
  const data: TestData[] = []
  const told: AgentNews[] = []
  const state = { identity: null as Identity | null, written: 0, openSockets: 0, cancelled: 0, keys: 0, refuseTunnel: null as Refusal | null }
  const live = { follows: [] as Realtime[], renewed: 0, hear: (() => {}) as (news: LiveNews) => void, isClosed: false, token: () => "" }
  const discoveries: { games: readonly string[]; isClosed: boolean }[] = []
  const mapped: Endpoint = { address: "203.0.113.7", port: 40_000 }
  const hosts: Candidate[] = [{ kind: "host", endpoint: { address: "192.168.1.7", port: 40_000 } }]

  const doors: AgentDoors = {
    clock,
    controlPlane(credentials) {
      party.credentials = credentials
      return party.plane()
    },
    identity: {
      read: async () => ok(state.identity),
      write: async (identity) => {
        state.identity = identity
        state.written += 1
      },
      remove: async () => void (state.identity = null),
    },
    drawPrivateKey() {
      state.keys += 1
      return Buffer.alloc(32, state.keys)
    },
    drawNonce: () => "f".repeat(32),
    async openSocket() {
      state.openSockets += 1
      return {
        hostCandidates: () => hosts,
        mappedAddress: async () => mapped,
        natBehaviour: async () => ({ mapping: "endpoint_independent" as const, filtering: "address_and_port_dependent" as const }),
        close: () => void (state.openSockets -= 1),
      }
    },
    prepareTunnel: () => ({
      async open({ virtualIp }) {
        if (state.refuseTunnel) return { ok: false, refusal: state.refuseTunnel }
        let breakDown: (why: string) => void = () => {}
        const gone = new Promise<string>((resolve) => (breakDown = resolve))
        const opened: Opened = { virtualIp, breakDown, isClosed: false }
        tunnels.push(opened)
        return ok({ interfaceName: "party0", carrier: "wireguard-go", gone, close: async () => void (opened.isClosed = true) })
      },
      cancel: async () => void (state.cancelled += 1),
    }),
    async openData(order) {
      const opened = new TestData(order)
      data.push(opened)
      return opened
    },
    openLive({ realtime, token, hear }) {
      live.follows.push(realtime)
      live.hear = hear
      live.token = token
      const renew = () => void (live.renewed += 1)
      return { follow: (next) => void live.follows.push(next), renew, close: () => void (live.isClosed = true) }
    },
    async openDiscovery({ games }) {
      const opened = { games, isClosed: false }
      discoveries.push(opened)
      return ok({ close: () => void (opened.isClosed = true) })
    },
  }
  /** The data path that carries now. */
  const carrying = () => data[data.length - 1]!
  const states = () => told.flatMap((news) => (news.type === "state" ? news.state : []))
  return { clock, party, tunnels, data, carrying, told, states, state, live, discoveries, doors }
}
