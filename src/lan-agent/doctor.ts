import type { Refusal, Result } from "@/kernel/result"
import { natTypeOf, type NatBehaviour, type NatType } from "@/lan/nat-behaviour"
import { endpointText, type Endpoint } from "@/lan/protocol"
import type { Challenge } from "./control-plane"
import { sentenceOf } from "./refusal-words"
import type { TunnelSupport } from "./tunnel/tunnel-support"

/** One thing looked at. `isFine` null: it works without, or nobody could say. */
export type Finding = { readonly what: string; readonly isFine: boolean | null; readonly found: string; readonly todo?: string }

/** [LANA-65] What the doctor looks at, so that a test can be the PC. */
export type DoctorDoors = {
  readonly nodeVersion: string
  readonly platform: string
  readonly installCommand: string
  tunnelSupport(): Promise<TunnelSupport>
  /** Null when no party was named and none is known. */
  readonly party: string | null
  challenge(): Promise<Result<Challenge, Refusal>>
  mappedAddress(server: Endpoint): Promise<Endpoint | null>
  natBehaviour(server: Endpoint): Promise<NatBehaviour | null>
  /** Where the relay is, as far as this PC may know it; null when it is in no network. */
  relay(): Promise<{ endpoint: Endpoint | null; answers: boolean } | null>
}

const natWords: Readonly<Record<NatType, string>> = {
  open: "none: this PC stands in the open",
  full_cone: "easy (full cone): direct to everybody",
  restricted_cone: "easy (restricted cone): direct to everybody",
  port_restricted_cone: "usual (port-restricted cone): direct to all but the strictest",
  symmetric: "strict (symmetric): direct to some, through the relay to the others",
  unknown: "not known: it will be tried",
}

/** [LANA-65] Looks at everything a join needs, in the order in which it needs it. */
export async function examine(doors: DoctorDoors): Promise<Finding[]> {
  const [support, network] = await Promise.all([doors.tunnelSupport(), examineParty(doors)])
  return [nodeFinding(doors.nodeVersion), ...tunnelFindings(support, doors), ...network]
}

function nodeFinding(version: string): Finding {
  const isFine = Number(version.split(".")[0]) >= 20
  return { what: "Node", isFine, found: version, ...(isFine ? {} : { todo: "Node 20 or newer is needed: https://nodejs.org" }) }
}

function tunnelFindings(support: TunnelSupport, { platform, installCommand }: DoctorDoors): Finding[] {
  const rights: Finding = support.isPermitted
    ? { what: "Rights", isFine: true, found: "may make network interfaces" }
    : { what: "Rights", isFine: false, found: "not the administrator's", todo: sentenceOf({ code: "not_permitted" }) }
  if (platform !== "linux") return [rights, wireGuardFinding(support, installCommand)]
  const tun: Finding = support.hasTun
    ? { what: "TUN", isFine: true, found: "/dev/net/tun opens" }
    : { what: "TUN", isFine: support.isPermitted && !support.hasKernelWireGuard ? false : null, found: "/dev/net/tun does not open", todo: sentenceOf({ code: "no_tun" }) }
  return [rights, tun, wireGuardFinding(support, installCommand), nftFinding(support)]
}

function wireGuardFinding({ hasKernelWireGuard, wg, wireguardGo }: TunnelSupport, installCommand: string): Finding {
  if (hasKernelWireGuard && wg) return { what: "WireGuard", isFine: true, found: "in the kernel" }
  if (wireguardGo) return { what: "WireGuard", isFine: true, found: wireguardGo }
  const found = hasKernelWireGuard ? "in the kernel, but without its tools" : "missing"
  return { what: "WireGuard", isFine: false, found, todo: `Type: ${installCommand}` }
}

function nftFinding({ nft }: TunnelSupport): Finding {
  if (nft === "works") return { what: "nft", isFine: true, found: "the kernel carries direct paths at full speed" }
  const found = { not_installed: "not installed", not_permitted: "not permitted", unusable: "does not work here" }[nft]
  const todo = { not_installed: "It works without, at about a quarter of the speed. Type: sudo apt install nftables", not_permitted: "Look again as administrator.", unusable: "It works without, at about a quarter of the speed." }[nft]
  return { what: "nft", isFine: null, found, todo }
}

async function examineParty(doors: DoctorDoors): Promise<Finding[]> {
  if (doors.party === null) return [{ what: "Party", isFine: null, found: "none named", todo: "Name one to look further: doctor <link>" }]
  const challenge = await doors.challenge()
  if (!challenge.ok) return [{ what: "Party", isFine: false, found: doors.party, todo: sentenceOf(challenge.refusal) }]
  const party: Finding = { what: "Party", isFine: true, found: `${doors.party} answers` }
  const [router, relay] = await Promise.all([examineRouter(doors, challenge.value.stun?.[0] ?? null), doors.relay()])
  return [party, ...router, relayFinding(relay)]
}

async function examineRouter(doors: DoctorDoors, server: Endpoint | null): Promise<Finding[]> {
  if (server === null) return [{ what: "UDP", isFine: null, found: "the party has no STUN server: PCs of one LAN find each other still" }]
  const mapped = await doors.mappedAddress(server)
  if (mapped === null) {
    const todo = "UDP does not pass: let a firewall allow it. Until then everything goes through the relay by WebSocket, more slowly."
    return [{ what: "UDP", isFine: false, found: `no answer from ${endpointText(server)}`, todo }]
  }
  const nat = await doors.natBehaviour(server)
  const type = nat ? natTypeOf(nat) : "unknown"
  return [
    { what: "UDP", isFine: true, found: `seen from outside as ${endpointText(mapped)}` },
    { what: "Router", isFine: type === "unknown" ? null : true, found: natWords[type] },
  ]
}

function relayFinding(relay: { endpoint: Endpoint | null; answers: boolean } | null): Finding {
  if (relay === null) return { what: "Relay", isFine: null, found: "known once this PC is in the network" }
  if (relay.endpoint === null) return { what: "Relay", isFine: null, found: "the party has none: some pairs of homes may find no way" }
  if (relay.answers) return { what: "Relay", isFine: true, found: `${endpointText(relay.endpoint)} answers` }
  return { what: "Relay", isFine: false, found: `${endpointText(relay.endpoint)} does not answer`, todo: "Let a firewall allow UDP to it, or tell the host." }
}

/** One line each, and what to do below. */
export function findingLines(findings: readonly Finding[]): string[] {
  const width = Math.max(...findings.map(({ what }) => what.length))
  return findings.flatMap(({ what, isFine, found, todo }) => [
    `${isFine === null ? "–" : isFine ? "✓" : "✗"} ${what.padEnd(width)}  ${found}`,
    ...(todo === undefined ? [] : [`  ${" ".repeat(width)}  → ${todo}`]),
  ])
}
