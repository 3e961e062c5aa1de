import { z } from "zod"

// What the agent on a PC and the house (control plane, STUN server, relay) both have to agree on, byte for byte.

/** Where a datagram comes from or goes to. `address` is an IP in its canonical text, never a name. */
export const endpointSchema = z.object({
  address: z.union([z.ipv4(), z.ipv6()]),
  port: z.int().min(1).max(65_535),
})
export type Endpoint = z.infer<typeof endpointSchema>

/** `192.0.2.1:4500`, `[2001:db8::1]:4500`: for people, and as the key of a map. */
export function endpointText({ address, port }: Endpoint): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`
}

/** Both texts are canonical, so that letters decide. */
export function isSameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.port === b.port && a.address === b.address
}

/** [LANU-60] Where a party's own server takes the relay's frames by WebSocket, from PCs that UDP does not reach. */
export const relayWebSocketPath = "/lan/relay"

/** How a peer is reached, in the words people see. */
export const connectionTypes = ["host", "direct", "relayed", "connecting", "failed", "unknown"] as const
export type ConnectionType = (typeof connectionTypes)[number]

/** An address a peer offers: its own (`host`), or the one its router shows to the STUN server. */
const candidateSchema = z.object({
  kind: z.enum(["host", "server_reflexive"]),
  endpoint: endpointSchema,
})
export type Candidate = z.infer<typeof candidateSchema>

/** [LANU-40] A peer offers so many candidates and no more: nobody is made to shoot at a list of strangers. */
export const mostCandidates = 16
export const candidatesSchema = z.array(candidateSchema).max(mostCandidates)

/** 16 random bytes of one peer for one run of its agent, as hex: they make the keys of its probes (LANU-31). */
export const probeNonceSchema = z.string().regex(/^[0-9a-f]{32}$/)

/** First bytes of our own datagrams. All have their two highest bits set, which neither STUN nor WireGuard ever has. */
export const frameKinds = {
  probe: 0xf0,
  relayBind: 0xf1,
  relayCookie: 0xf2,
  relayProve: 0xf3,
  relaySession: 0xf4,
  relayData: 0xf5,
  relayRefused: 0xf6,
} as const

export type DatagramKind = "stun" | "wireguard" | "probe" | "relay" | "unknown"

/**
 * [LANU-1] Whose a datagram is, when STUN, WireGuard, probes and the relay share one socket.
 * STUN is told from WireGuard by its magic cookie and by a length that fits; WireGuard has three zeros after its type.
 */
export function datagramKind(datagram: Buffer): DatagramKind {
  const first = datagram[0]
  if (first === undefined) return "unknown"
  if (first === frameKinds.probe) return "probe"
  if (first >= frameKinds.relayBind && first <= frameKinds.relayRefused) return "relay"
  if (isStun(datagram)) return "stun"
  if (isWireGuard(datagram)) return "wireguard"
  return "unknown"
}

export const stunMagicCookie = 0x2112a442
export const stunHeaderBytes = 20

function isStun(datagram: Buffer): boolean {
  return (
    datagram.length >= stunHeaderBytes &&
    datagram[0]! < 0x40 &&
    datagram.readUInt32BE(4) === stunMagicCookie &&
    datagram.readUInt16BE(2) === datagram.length - stunHeaderBytes
  )
}

const shortestWireGuardBytes = 32

function isWireGuard(datagram: Buffer): boolean {
  const type = datagram[0]!
  return datagram.length >= shortestWireGuardBytes && type >= 1 && type <= 4 && datagram.readUIntBE(1, 3) === 0
}
