import type { Endpoint } from "@/lan/protocol"

export type FastPathPorts = { interfaceName: string; agentPort: number; wireGuardPort: number }

/** [TUN-7] A table's name says whose it is. Of an interface's name, nft takes letters, digits and `_` only. */
export function tableName(interfaceName: string): string {
  return `party_lan_${interfaceName.replaceAll(/[^a-z0-9]/gi, (other) => `_${other.charCodeAt(0).toString(16)}`)}`
}

/**
 * [TUN-7] The table, in one transaction with the removal of an older one.
 *
 * Only WireGuard's own messages are touched (first byte 1 to 4, three zeros after it), so that probes keep reaching the
 * agent. They get WireGuard's port before connection tracking and the agent's port after it: the firewall of this PC sees
 * one conversation of WireGuard's port with the peer, the peer one with the agent's.
 */
export function buildTable({ interfaceName, agentPort, wireGuardPort }: FastPathPorts, direct: readonly Endpoint[]) {
  const name = tableName(interfaceName)
  const elements = direct.length === 0 ? "" : `elements = { ${direct.map(element).join(", ")} }`
  return `${dropTable(name)}
table ip ${name} {
  set direct {
    type ipv4_addr . inet_service
    ${elements}
  }
  chain from_peers {
    type filter hook prerouting priority raw; policy accept;
    udp dport ${agentPort} ip saddr . udp sport @direct @th,64,8 1-4 @th,72,24 0 udp dport set ${wireGuardPort}
  }
  chain to_peers {
    type filter hook output priority mangle; policy accept;
    udp sport ${wireGuardPort} ip daddr . udp dport @direct udp sport set ${agentPort}
  }
}
`
}

/** Works whether the table is there or not: it is made first. */
export function dropTable(name: string): string {
  return `table ip ${name} {}\ndelete table ip ${name}\n`
}

/** From here on the kernel carries this endpoint's packets past the agent. */
export function addElement(interfaceName: string, peer: Endpoint): string {
  return `add element ip ${tableName(interfaceName)} direct { ${element(peer)} }\n`
}

/** nft refuses it for an endpoint that is not there. */
export function removeElement(interfaceName: string, peer: Endpoint): string {
  return `delete element ip ${tableName(interfaceName)} direct { ${element(peer)} }\n`
}

function element({ address, port }: Endpoint): string {
  return `${address} . ${port}`
}
