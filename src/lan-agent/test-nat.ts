import type { Behaviour } from "@/lan/nat-behaviour"
import { type Endpoint, endpointText } from "@/lan/protocol"

// An internet of routers and PCs in memory, for tests: no sockets, no clock of its own.

/** `null` is a PC without a router, whose address is everybody's to reach. */
export type RouterKind = { mapping: Behaviour; filtering: Behaviour } | null

export const routerKinds = {
  none: null,
  "full cone": { mapping: "endpoint_independent", filtering: "endpoint_independent" },
  restricted: { mapping: "endpoint_independent", filtering: "address_dependent" },
  "port-restricted": { mapping: "endpoint_independent", filtering: "address_and_port_dependent" },
  symmetric: { mapping: "address_and_port_dependent", filtering: "address_and_port_dependent" },
} as const satisfies Record<string, RouterKind>

type Receive = (datagram: Buffer, from: Endpoint) => void
type Mapping = { outside: Endpoint; inside: Endpoint; contacted: Set<string> }

/** What a behaviour looks at in a remote endpoint. */
function seen(behaviour: Behaviour, remote: Endpoint): string {
  if (behaviour === "endpoint_independent") return "anybody"
  return behaviour === "address_dependent" ? remote.address : endpointText(remote)
}

export class SimulatedRouter {
  readonly #mappings: Mapping[] = []
  readonly #keys = new Map<string, Mapping>()
  #nextPort = 40_000

  constructor(
    readonly address: string,
    readonly kind: NonNullable<RouterKind>,
  ) {}

  outward(inside: Endpoint, remote: Endpoint): Endpoint {
    const key = `${endpointText(inside)} ${seen(this.kind.mapping, remote)}`
    const mapping = this.#keys.get(key) ?? this.#newMapping(key, inside)
    mapping.contacted.add(seen(this.kind.filtering, remote))
    return mapping.outside
  }

  inward(outside: Endpoint, remote: Endpoint): Endpoint | null {
    const mapping = this.#mappings.find((candidate) => candidate.outside.port === outside.port)
    return mapping?.contacted.has(seen(this.kind.filtering, remote)) ? mapping.inside : null
  }

  #newMapping(key: string, inside: Endpoint): Mapping {
    // Strides of a prime: the next port is nothing a peer could guess by counting.
    this.#nextPort += 101
    const mapping = { inside, outside: { address: this.address, port: this.#nextPort }, contacted: new Set<string>() }
    this.#keys.set(key, mapping)
    this.#mappings.push(mapping)
    return mapping
  }
}

export type SimulatedPc = { own: Endpoint; router: SimulatedRouter | null; receive: Receive }

/** Carries datagrams between PCs, through their routers, after `latencyMs`, unless `loses` says otherwise. */
export class SimulatedInternet {
  readonly #pcs: SimulatedPc[] = []
  loses: () => boolean = () => false

  constructor(
    readonly schedule: (ms: number, run: () => void) => void,
    readonly latencyMs: number,
  ) {}

  /** A PC in a home of its own. Home `n` has the router 203.0.113.n, or without one that address itself. */
  addPc(n: number, kind: RouterKind, receive: Receive): SimulatedPc {
    const outside = `203.0.113.${n}`
    const own = { address: kind ? `192.168.${n}.2` : outside, port: 5000 }
    const pc = { own, router: kind && new SimulatedRouter(outside, kind), receive }
    this.#pcs.push(pc)
    return pc
  }

  /** A machine of the internet itself: no router, any address. */
  addServer(own: Endpoint, receive: Receive) {
    this.#pcs.push({ own, router: null, receive })
  }

  send(datagram: Buffer, sender: SimulatedPc | Endpoint, to: Endpoint) {
    const from = "own" in sender ? (sender.router?.outward(sender.own, to) ?? sender.own) : sender
    if (this.loses()) return
    this.schedule(this.latencyMs, () => this.#deliver(datagram, from, to))
  }

  #deliver(datagram: Buffer, from: Endpoint, to: Endpoint) {
    for (const pc of this.#pcs) {
      const inside = pc.router ? (to.address === pc.router.address ? pc.router.inward(to, from) : null) : to
      if (inside && endpointText(inside) === endpointText(pc.own)) pc.receive(datagram, from)
    }
  }
}
