import { lookup } from "node:dns/promises"
import { isIPv4 } from "node:net"
import type { NetworkInterfaceInfo } from "node:os"
import { CannotStart } from "./cannot-start"

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

/** One IPv4 address, or two that the same PCs reach: STUN tells routers apart by two (RFC 5780). */
export type LanAddresses = readonly [string] | readonly [string, string]

/** The addresses that LAN_ADDRESSES names; null when it is not set. Throws CannotStart for what is no address. */
export function readLanAddresses(text: string | undefined): LanAddresses | null {
  if (!text) return null
  const [first, second, ...more] = text.split(",").map((each) => each.trim())
  if (first && isIPv4(first) && second === undefined) return [first]
  if (first && second && isIPv4(first) && isIPv4(second) && first !== second && more.length === 0) return [first, second]
  throw new CannotStart(`LAN_ADDRESSES is "${text}", but it should be one IPv4 address or two, like 198.51.100.1,198.51.100.2.`)
}

/** The addresses behind the name or address by which guests reach us, asked for once; null when there is none. */
export async function addressesOf(host: string, interfaces: Interfaces): Promise<LanAddresses | null> {
  const first = isIPv4(host) ? host : await lookup(host, 4).then(({ address }) => address, () => null)
  if (first === null) return null
  const second = besides(first, interfaces)
  return second === undefined ? [first] : [first, second]
}

/** Another address of this machine in the same network: whoever reaches the one reaches the other. */
function besides(first: string, interfaces: Interfaces): string | undefined {
  const all = Object.values(interfaces).flatMap((infos) => infos ?? [])
  const own = all.find(({ address }) => address === first)
  if (!own || own.internal) return undefined
  const isBeside = (info: NetworkInterfaceInfo) => info.family === "IPv4" && info.address !== first && networkOf(info) === networkOf(own)
  return all.find(isBeside)?.address
}

function networkOf({ address, netmask }: NetworkInterfaceInfo): string {
  const mask = netmask.split(".").map(Number)
  return `${address.split(".").map((byte, at) => Number(byte) & (mask[at] ?? 0)).join(".")}/${netmask}`
}

/** Whether the machine has this address itself, and no router before it. */
export function isOwnAddress(address: string, interfaces: Interfaces): boolean {
  return Object.values(interfaces).some((infos) => infos?.some((info) => info.address === address))
}
