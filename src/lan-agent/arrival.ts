import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import type { PartyInfo, PeerInfo } from "@/lan/peer-view"
import { mostCandidates, type Candidate, type Endpoint } from "@/lan/protocol"
import type { AgentDoors, PreparedTunnel, SocketDoor, TunnelDoor } from "./agent-doors"
import type { Challenge, ControlPlane, Credentials, RelayOffer, Whereabouts } from "./control-plane"
import { goodbyeOf, isAway } from "./goodbyes"
import { lineHashOf, type Identity, type Membership } from "./identity-file"

export type JoinOrder = {
  readonly party: string
  readonly invitation: string
  readonly name?: string | undefined
  /** Asked once the party says that it needs one; null when there is nobody to ask. */
  readonly password: () => Promise<string | null>
}

/** [LANA-20] What an agent has once it is in. */
export type Arrival = Seat & {
  readonly socket: SocketDoor
  readonly tunnel: TunnelDoor
  readonly stun: Endpoint | null
  readonly nonce: string
  readonly candidates: readonly Candidate[]
  readonly relay: RelayOffer | null
}

type Seat = {
  readonly identity: Identity
  readonly network: PartyInfo
  readonly peer: PeerInfo
  readonly heartbeatMs: number
  readonly isReturn: boolean
}

type Way = {
  readonly doors: AgentDoors
  readonly order: JoinOrder
  readonly party: ControlPlane
  /** Whom the control plane is asked as from now on. */
  readonly become: (credentials: Credentials | null) => void
  readonly found: () => void
  readonly isToldToGo: () => boolean
}

/** So often a password is asked for. */
const passwordTries = 3

/**
 * [LANA-20] From a line to an interface with an address: the tunnel is prepared while the router is asked where this PC is,
 * then the line is redeemed, or the membership that it gave before is taken up again [LANA-13].
 */
export async function arrive(way: Way): Promise<Result<Arrival, Refusal>> {
  const { doors } = way
  const former = await doors.identity.read()
  if (!former.ok) return former
  const socket = await doors.openSocket()
  const prepared = doors.prepareTunnel()
  try {
    const arrived = await comeIn(way, former.value, { socket, prepared })
    if (!arrived.ok) await Promise.all([prepared.cancel(), socket.close()])
    return arrived
  } catch (error) {
    // What broke is told by whoever called; here nothing of it is left.
    await Promise.allSettled([prepared.cancel(), socket.close()])
    throw error
  }
}

type Begun = { readonly socket: SocketDoor; readonly prepared: PreparedTunnel }

async function comeIn(way: Way, former: Identity | null, { socket, prepared }: Begun): Promise<Result<Arrival, Refusal>> {
  const { doors, party, found } = way
  const challenge = await party.challenge()
  if (!challenge.ok) return challenge
  found()
  const stun = challenge.value.stun?.[0] ?? null
  const nonce = doors.drawNonce()
  const whereabouts = { ...(await whereaboutsOf(socket, stun)), probe_nonce: nonce }
  const seat = await takeSeat(way, { former, challenge: challenge.value, whereabouts })
  if (!seat.ok) return seat

  await doors.identity.write(seat.value.identity)
  const { membership, privateKey } = seat.value.identity
  // Side by side: the system makes the interface while the party makes the tickets.
  const [tunnel, relay] = await Promise.all([
    prepared.open({ virtualIp: membership.virtualIp, privateKey: Buffer.from(privateKey, "base64") }),
    party.relay(),
  ])
  // The line is used, but brings this PC back once the obstacle is gone.
  if (!tunnel.ok) return tunnel
  return ok({ ...seat.value, socket, tunnel: tunnel.value, stun, nonce, candidates: whereabouts.candidates, relay: relay.ok ? relay.value : null })
}

/** Where this PC can be reached, by its own addresses and by the one its router shows. */
export async function whereaboutsOf(socket: SocketDoor, stun: Endpoint | null): Promise<{ endpoint: Endpoint | null; candidates: Candidate[] }> {
  const mapped = stun ? await socket.mappedAddress(stun) : null
  const hosts = socket.hostCandidates()
  const shown: Candidate[] = mapped ? [{ kind: "server_reflexive", endpoint: mapped }] : []
  return { endpoint: mapped, candidates: [...shown, ...hosts].slice(0, mostCandidates) }
}

type Knock = { readonly former: Identity | null; readonly challenge: Challenge; readonly whereabouts: Whereabouts }

async function takeSeat(way: Way, knock: Knock): Promise<Result<Seat, Refusal>> {
  const { doors, order, party, become } = way
  const { former, whereabouts } = knock
  // Told to go meanwhile: the line stays good for another time.
  if (former === null) return way.isToldToGo() ? refuse("told_to_go") : redeem(way, knock)
  become(former.membership)
  const isSameLine = former.membership.lineHash === lineHashOf(order.invitation)
  // When the host's PC leaves, the network ends: it comes back instead, with whatever line.
  if (isSameLine || former.membership.isHost) {
    const returned = await party.comeBack(whereabouts)
    if (returned.ok) return ok(seatOf(former, returned.value, true))
    if (isAway(returned.refusal)) return returned
    // A network that is full, say, may have room again for the same line.
    if (goodbyeOf(returned.refusal)) await doors.identity.remove()
    if (isSameLine) return returned
  } else {
    await party.leave()
    await doors.identity.remove()
  }
  become(null)
  return redeem(way, knock)
}

/** [LANA-22] */
async function redeem({ doors, order, party, become }: Way, knock: Knock): Promise<Result<Seat, Refusal>> {
  const privateKey = doors.drawPrivateKey()
  const { invitation, name } = order
  let { challenge } = knock
  let password: string | undefined
  for (let asked = 0; ; asked += 1) {
    const joined = await party.join({ challenge, privateKey, invitation, name, password, whereabouts: knock.whereabouts })
    if (joined.ok) {
      const { token, token_expires_at: tokenExpiresAt, network, peer, heartbeat_ms: heartbeatMs } = joined.value
      const given = { token, tokenExpiresAt, lineHash: lineHashOf(invitation), signalSequence: 0 }
      const membership = { ...given, ...placeOf(network, peer) }
      become(membership)
      const identity = { party: order.party, privateKey: privateKey.toString("base64"), membership }
      return ok({ identity, network, peer, heartbeatMs, isReturn: false })
    }
    const isAsked = joined.refusal.code === "lan_password_needed" || joined.refusal.code === "lan_wrong_password"
    if (!isAsked || asked >= passwordTries) return joined
    const typed = await order.password()
    if (typed === null) return joined
    password = typed
    // Whoever looks for the password may take longer than the nonce is good for.
    const again = await party.challenge()
    if (!again.ok) return again
    challenge = again.value
  }
}

/** The seat of a PC that was in before: its address may be another. */
export function seatOf(before: Identity, told: { network: PartyInfo; peer: PeerInfo; heartbeat_ms: number }, isReturn: boolean): Seat {
  const { network, peer, heartbeat_ms: heartbeatMs } = told
  return { identity: { ...before, membership: { ...before.membership, ...placeOf(network, peer) } }, network, peer, heartbeatMs, isReturn }
}

function placeOf(network: PartyInfo, peer: PeerInfo): Pick<Membership, "networkId" | "networkName" | "peerId" | "virtualIp" | "isHost"> {
  return { networkId: network.id, networkName: network.name, peerId: peer.id, virtualIp: peer.virtual_ip, isHost: network.host_id === peer.id }
}
