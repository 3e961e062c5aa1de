import { addressBytes, addressText } from "./ip-address"

/**
 * Who is counted when addresses are: an IPv4 address itself, and of an IPv6 address its /64, for a host has all of those
 * and takes a new one as often as it likes. What is no address is counted as it is written.
 */
export function addressOwner(address: string): string {
  const { bytes, bare } = readAddress(address)
  if (bytes?.length !== 16) return bytes ? addressText(bytes) : bare
  return `${addressText(bytes.fill(0, 8))}/64`
}

/**
 * The address a request comes from: what the last `trustedProxies` wrote into X-Forwarded-For, or `seen`, the other end of the
 * line. Each proxy writes at the end whom it sees, so that one proxy vouches for the last element, two for the last but one;
 * what stands before that was written by the client.
 */
export function clientAddress({ forwarded, seen, trustedProxies }: { forwarded: string | undefined; seen: string | undefined; trustedProxies: number }): string {
  const said = (forwarded ?? "").split(",").flatMap((element) => element.trim() || [])
  const told = trustedProxies > 0 ? said.at(-Math.min(trustedProxies, said.length)) : undefined
  return plainAddress(told ?? seen ?? "unknown")
}

// IPv4 in IPv6's clothes, as it arrives through an IPv6 socket (::ffff:0:0/96) or a translator (64:ff9b::/96).
const clothes = ["00000000000000000000ffff", "0064ff9b0000000000000000"].map((hex) => Buffer.from(hex, "hex"))

/** The one spelling of an address, without port and brackets: one guest, one name. Any other text in small letters. */
function plainAddress(text: string): string {
  const { bytes, bare } = readAddress(text)
  return bytes ? addressText(bytes) : bare
}

/** The address out of IPv6's clothes, as bytes of the caller's own; null when it is none. `bare` is what was read, without port and brackets, in small letters. */
function readAddress(text: string): { bytes: Buffer | null; bare: string } {
  const bare = withoutPort(text.trim().toLowerCase())
  const bytes = addressBytes(bare)
  const isClothed = bytes?.length === 16 && clothes.some((prefix) => prefix.compare(bytes, 0, 12) === 0)
  return { bytes: isClothed ? bytes.subarray(12) : bytes, bare }
}

function withoutPort(text: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text
}
