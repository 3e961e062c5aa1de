import type { Endpoint } from "./protocol"
import { type StunMessage, decodeStun, encodeStun } from "./stun-message"

/** Which of a server's sockets: `address` and `port` are 0 (first) or 1 (other). */
export type StunPlace = { address: 0 | 1; port: 0 | 1 }

/** The server's IPs and ports. With one IP it tells a PC its mapped address, and no more. */
export type StunServerAddresses = { addresses: readonly [string] | readonly [string, string]; ports: readonly [number, number] }

export type StunAnswer = { datagram: Buffer; sendFrom: StunPlace }

/**
 * [LANU-6] The answer to a datagram that came in at `place`, or `null` for whatever is not a binding request.
 * CHANGE-REQUEST is answered from the other address or port; without a second address it is refused with 420.
 */
export function answerStun(datagram: Buffer, from: Endpoint, place: StunPlace, server: StunServerAddresses): StunAnswer | null {
  const decoded = decodeStun(datagram)
  if (!decoded.ok || decoded.value.kind !== "request") return null
  const request = decoded.value
  const hasTwoAddresses = server.addresses.length === 2
  const unknown = [...(request.unknownAttributes ?? []), ...(request.changeRequest && !hasTwoAddresses ? [3] : [])]
  const { transactionId } = request
  if (unknown.length > 0) {
    return {
      datagram: encodeStun({ kind: "error", transactionId, errorCode: 420, unknownAttributes: unknown.slice(0, 2) }),
      sendFrom: place,
    }
  }

  const sendFrom = changed(place, request.changeRequest)
  const answer: StunMessage = { kind: "success", transactionId, mappedAddress: from, responseOrigin: endpointAt(server, sendFrom) }
  if (hasTwoAddresses) answer.otherAddress = endpointAt(server, changed(place, { address: true, port: true }))
  return { datagram: encodeStun(answer), sendFrom }
}

function changed(place: StunPlace, change: StunMessage["changeRequest"]): StunPlace {
  return {
    address: change?.address ? (place.address === 0 ? 1 : 0) : place.address,
    port: change?.port ? (place.port === 0 ? 1 : 0) : place.port,
  }
}

function endpointAt(server: StunServerAddresses, place: StunPlace): Endpoint {
  return { address: server.addresses[place.address] ?? server.addresses[0], port: server.ports[place.port] }
}
