import { createSocket } from "node:dgram"
import type { NetworkInterfaceInfo } from "node:os"

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

// Containers, virtual machines, tunnels and overlays: addresses no guest's phone can reach.
const VIRTUAL = new RegExp(
  [
    "^(docker|br-|veth|virbr|vmnet|vboxnet|vnic|vnet|lxc|lxd|incus|podman|cni|flannel|cali|kube|nerdctl|dummy|ifb|sit|gre)",
    "^(tun|tap|utun|ipsec|ppp|wg|tailscale|zt|ham|nordlynx|proton|mullvad|awdl|llw|anpi|partylan)",
    "vethernet|virtualbox|vmware|hyper-v|wsl|tailscale|zerotier|hamachi|openvpn|wireguard|loopback|bluetooth",
  ].join("|"),
  "i",
)
// Names that Linux, macOS and Windows give to cards one can touch.
const CARD = /^(en|eth|wl|ww|wi-?fi|wlan|ethernet)/i

/**
 * The address of this machine in the house's network, or undefined when there is none. Of several, the private one of a
 * real card wins; among equals the one that leads outside (`routeAddress`), then the first.
 */
export function chooseLanAddress(interfaces: Interfaces, routeAddress?: string): string | undefined {
  const candidates = Object.entries(interfaces).flatMap(([name, infos]) =>
    (infos ?? []).filter((info) => isReachable(name, info)).map((info) => ({ name, address: info.address })),
  )
  const rank = (candidate: { name: string; address: string }) => [
    rangeRank(candidate.address),
    candidate.address === routeAddress ? 0 : 1,
    CARD.test(candidate.name) ? 0 : 1,
  ]
  // Array sort is stable: what the system lists first stays first.
  return candidates.sort((a, b) => compare(rank(a), rank(b)))[0]?.address
}

/** The address this machine would speak to the outside from. Nothing is sent: connecting a UDP socket only asks the routes. */
export function routeAddress(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4")
    const answer = (address: string | undefined) => {
      socket.close()
      resolve(address)
    }
    socket.once("error", () => answer(undefined))
    // An address reserved for documentation: on the way to it there is nobody but the default route.
    socket.connect(9, "203.0.113.1", () => answer(socket.address().address))
  })
}

// Tunnels have no hardware address.
function isReachable(name: string, info: NetworkInterfaceInfo): boolean {
  return info.family === "IPv4" && !info.internal && info.mac !== "00:00:00:00:00:00" && !VIRTUAL.test(name)
}

function rangeRank(address: string): number {
  if (/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address)) return 0
  return address.startsWith("169.254.") ? 2 : 1
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index])
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}
