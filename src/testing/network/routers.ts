/** What stands between a home and the internet: the names of RFC 3489, and a router that lets no UDP out. */
export const routerKinds = ["none", "full_cone", "restricted", "port_restricted", "symmetric", "udp_blocked"] as const
export type RouterKind = (typeof routerKinds)[number]

/**
 * UDP that is meant for the router itself is dropped in all of them: an early probe of the other home would else make
 * a conntrack entry of its own, and the PC's mapping would have to take another port.
 */
const outsideIsDeaf = `chain inp { type filter hook input priority 0; policy accept; iifname "wan" meta l4proto udp drop; }`

/** The nftables ruleset of a router whose outer link is called `wan`; empty when nothing is translated. */
export function routerRules(kind: RouterKind): string {
  switch (kind) {
    case "none":
      return ""
    case "full_cone":
      return coneRules({ memory: "", remember: "", admits: "" })
    case "restricted":
      return coneRules({
        memory: `set ok { type ipv4_addr . inet_service; flags dynamic,timeout; timeout 120s; size 65536; }`,
        remember: `oifname "wan" meta l4proto udp update @ok { ip daddr . udp sport }`,
        admits: `ip saddr . udp dport @ok`,
      })
    case "port_restricted":
      return maskingRules("masquerade", `iifname "wan" ct state new drop`)
    case "symmetric":
      return maskingRules("masquerade fully-random", `iifname "wan" ct state new drop`)
    case "udp_blocked":
      return maskingRules("masquerade", `meta l4proto udp drop; iifname "wan" ct state new drop`)
  }
}

/** Linux keeps the port and asks for the exact sender by itself; other cones need to be told who owns which port. */
function coneRules({ memory, remember, admits }: { memory: string; remember: string; admits: string }): string {
  return `table ip router {
  map owner { type inet_service : ipv4_addr; flags dynamic,timeout; timeout 120s; size 65536; }
  ${memory}
  chain forw { type filter hook forward priority 0; policy accept;
    oifname "wan" meta l4proto udp update @owner { udp sport : ip saddr }
    ${remember}
    iifname "wan" ct state new ct status & dnat == 0 drop
  }
  chain pre { type nat hook prerouting priority dstnat; iifname "wan" meta l4proto udp ${admits} dnat to udp dport map @owner; }
  chain post { type nat hook postrouting priority srcnat; oifname "wan" masquerade; }
  ${outsideIsDeaf}
}
`
}

function maskingRules(mask: string, forward: string): string {
  return `table ip router {
  chain post { type nat hook postrouting priority srcnat; oifname "wan" ${mask}; }
  chain forw { type filter hook forward priority 0; policy accept; ${forward}; }
  ${outsideIsDeaf}
}
`
}
