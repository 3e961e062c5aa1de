import { type Refusal, type Result, ok, refuse } from "@/kernel/result"
import type { Behaviour, NatBehaviour } from "@/lan/nat-behaviour"
import { type Endpoint, isSameEndpoint } from "@/lan/protocol"
import type { StunBinding, StunFailure, StunQuestion } from "./stun-client"

/** Asks one STUN question from the socket that will carry the traffic. */
export type AskStun = (server: Endpoint, question?: StunQuestion) => Promise<Result<StunBinding, StunFailure>>

export type Discovered = { mappedAddress: Endpoint; behaviour: NatBehaviour }

/** Two questions stay unanswered behind most routers, so this wait is part of every discovery. */
const unansweredMs = 800

/**
 * [LANU-8] Finds the two facts about the router by the tests of RFC 5780 §4.3 and §4.4.
 * Filtering first: the mapping tests talk to the server's other address and so open the router for it.
 * @param isOwn whether an address and port are this PC's own, so that nothing was translated.
 */
export async function discoverNat(
  ask: AskStun,
  server: Endpoint,
  isOwn: (endpoint: Endpoint) => boolean,
): Promise<Result<Discovered, Refusal<"udp_blocked">>> {
  const first = await ask(server)
  if (!first.ok) return refuse("udp_blocked")
  const { mappedAddress, otherAddress } = first.value
  const hasNat = !isOwn(mappedAddress)
  if (!otherAddress) {
    return ok({ mappedAddress, behaviour: { mapping: hasNat ? null : "none", filtering: null } })
  }
  const filtering = await filteringBehaviour(ask, server)
  const mapping = hasNat ? await mappingBehaviour(ask, server, otherAddress, mappedAddress) : "none"
  return ok({ mappedAddress, behaviour: { mapping, filtering } })
}

async function filteringBehaviour(ask: AskStun, server: Endpoint): Promise<Behaviour | null> {
  const [fromElsewhere, fromOtherPort] = await Promise.all([
    ask(server, { change: { address: true, port: true }, deadlineMs: unansweredMs }),
    ask(server, { change: { address: false, port: true }, deadlineMs: unansweredMs }),
  ])
  if (fromElsewhere.ok) return "endpoint_independent"
  if (fromOtherPort.ok) return "address_dependent"
  return isSilence(fromElsewhere) && isSilence(fromOtherPort) ? "address_and_port_dependent" : null
}

/** Silence is an observation; an error says nothing about the router. */
function isSilence(answer: Result<StunBinding, StunFailure>): boolean {
  return !answer.ok && answer.refusal.code === "no_answer"
}

async function mappingBehaviour(ask: AskStun, server: Endpoint, other: Endpoint, mapped: Endpoint): Promise<Behaviour | null> {
  const [otherAddress, otherAddressAndPort] = await Promise.all([ask({ address: other.address, port: server.port }), ask(other)])
  if (!otherAddress.ok) return null
  if (isSameEndpoint(otherAddress.value.mappedAddress, mapped)) return "endpoint_independent"
  if (!otherAddressAndPort.ok) return null
  return isSameEndpoint(otherAddress.value.mappedAddress, otherAddressAndPort.value.mappedAddress)
    ? "address_dependent"
    : "address_and_port_dependent"
}
