import { ok, refuse, type Refusal, type Result } from "@/kernel/result"

/** [LAN-10] The first of the addresses inside: 10.66.0.0/16, of which none ends in .0 or .255. */
export const hostAddress = "10.66.0.1"

const perThirdByte = 254
/** [LAN-12] So many PCs fit besides the host's. */
export const mostAddresses = 256 * perThirdByte - 1

/** The address of a place: 0 is the host's, 1 is 10.66.0.2, and so on without .0 and .255. */
export function addressOf(place: number): string {
  return `10.66.${Math.floor(place / perThirdByte)}.${(place % perThirdByte) + 1}`
}

/** The place of an address; null for one that nobody can have. */
export function placeOf(address: string): number | null {
  const [, third, fourth] = /^10\.66\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.map(Number) ?? []
  if (third === undefined || fourth === undefined || third > 255 || fourth < 1 || fourth > perThirdByte) return null
  const place = third * perThirdByte + fourth - 1
  return addressOf(place) === address ? place : null
}

/** The last two bytes of an address, as one number: how the relay's frames name a peer. */
export function indexOfAddress(address: string): number {
  const [, , third = 0, fourth = 0] = address.split(".").map(Number)
  return third * 256 + fourth
}

/** [LAN-11] The lowest address that no living peer has, the host's left out. */
export function lowestFreeAddress(taken: Iterable<string>): Result<string, Refusal<"lan_addresses_exhausted">> {
  const places = new Set(Array.from(taken, placeOf))
  for (let place = 1; place <= mostAddresses; place++) if (!places.has(place)) return ok(addressOf(place))
  return refuse("lan_addresses_exhausted")
}
