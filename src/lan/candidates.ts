import { addressBytes, addressText } from "@/kernel/ip-address"
import { endpointText, mostCandidates, type Candidate, type Endpoint } from "./protocol"

/** What an address is to others. `never`: nothing there is a PC of this party. */
export type Reach = "public" | "private" | "loopback" | "never"

/** The one spelling of an IP address, an IPv4 address inside an IPv6 one taken out; null when the text is none. */
export function plainAddress(text: string): string | null {
  const bytes = addressBytes(text)
  if (!bytes) return null
  return addressText(isMapped(bytes) ? bytes.subarray(12) : bytes)
}

const mappedPrefix = Buffer.from("00000000000000000000ffff", "hex")
const isMapped = (bytes: Buffer) => bytes.length === 16 && bytes.subarray(0, 12).equals(mappedPrefix)

/** [LAN-41] */
export function reachOf(address: string): Reach {
  const bytes = addressBytes(address)
  if (!bytes || isMapped(bytes)) return "never"
  return bytes.length === 4 ? reachOfV4(bytes) : reachOfV6(bytes)
}

function reachOfV4(bytes: Buffer): Reach {
  const [a = 0, b = 0] = bytes
  if (a === 0 || a >= 224) return "never"
  if (a === 127) return "loopback"
  // A tunnel through itself goes round for ever.
  if (a === 10 && b === 66) return "never"
  const isPrivate =
    a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 169 && b === 254) || (a === 100 && b >= 64 && b < 128)
  return isPrivate ? "private" : "public"
}

function reachOfV6(bytes: Buffer): Reach {
  if (bytes.subarray(0, 15).every((byte) => byte === 0)) return bytes[15] === 1 ? "loopback" : "never"
  const [a = 0, b = 0] = bytes
  if (a === 0xff) return "never"
  const isPrivate = (a & 0xfe) === 0xfc || (a === 0xfe && (b & 0xc0) === 0x80)
  return isPrivate ? "private" : "public"
}

/** Two PCs that one router shows to the world by one address; of IPv6 a home has a /64. */
function isSameHome(one: string, other: string): boolean {
  const [a, b] = [addressBytes(one), addressBytes(other)]
  if (!a || !b || a.length !== b.length) return false
  return a.length === 4 ? a.equals(b) : a.subarray(0, 8).equals(b.subarray(0, 8))
}

/**
 * [LAN-41] [LAN-42] The candidates that are kept of those a PC offers. A public address must be the one its requests come
 * from, when that is public too and of the same family: else a PC could have everybody shoot at a stranger.
 */
export function admittedCandidates(offered: readonly Candidate[], observedAddress: string | null): Candidate[] {
  const kept = new Map<string, Candidate>()
  for (const { kind, endpoint } of offered) {
    const address = plainAddress(endpoint.address)
    if (address === null || !isAdmitted(address, observedAddress)) continue
    const candidate = { kind, endpoint: { address, port: endpoint.port } }
    kept.set(`${kind} ${endpointText(candidate.endpoint)}`, candidate)
  }
  return [...kept.values()].slice(0, mostCandidates)
}

/** Whether a PC whose requests come from `observedAddress` may say that it is at `address`. */
export function isAdmitted(address: string, observedAddress: string | null): boolean {
  const reach = reachOf(address)
  if (reach === "never") return false
  if (reach !== "public" || observedAddress === null || reachOf(observedAddress) !== "public") return true
  const isOtherFamily = address.includes(":") !== observedAddress.includes(":")
  return isOtherFamily || isSameHome(address, observedAddress)
}

/**
 * [LAN-43] Two PCs in one LAN: one router shows both, or both reach the control plane from inside, which is then in their LAN.
 */
export function isSameLan(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false
  const isInside = (address: string) => ["private", "loopback"].includes(reachOf(address))
  return (isInside(one) && isInside(other)) || isSameHome(one, other)
}

type Place = { readonly observedAddress: string | null }

/** [LAN-43] The candidates of a peer that this viewer is told: what is inside a home only to who is in it, loopback only on one machine. */
export function candidatesFor(viewer: Place, candidates: readonly Candidate[], peer: Place): Candidate[] {
  return candidates.filter(({ endpoint }) => isForViewer(viewer, endpoint.address, peer))
}

/** [LAN-43] */
export function isForViewer(viewer: Place, address: string, peer: Place): boolean {
  switch (reachOf(address)) {
    case "public":
      return true
    case "private":
      return isSameLan(viewer.observedAddress, peer.observedAddress)
    case "loopback":
      return [viewer, peer].every(({ observedAddress }) => observedAddress !== null && reachOf(observedAddress) === "loopback")
    case "never":
      return false
  }
}


/** The endpoint in a text that `endpointText` made. */
export function readEndpoint(text: string): Endpoint {
  const colon = text.lastIndexOf(":")
  return { address: text.slice(0, colon).replace(/^\[|\]$/g, ""), port: Number(text.slice(colon + 1)) }
}
