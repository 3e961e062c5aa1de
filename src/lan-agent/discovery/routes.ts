/** What leads a chosen game's packets to everybody into the discovery interface, in the words of `ip -batch`. */
export type RoutePlan = {
  tapName: string
  virtualIp: string
  broadcastAddress: string
  games: readonly RoutedGame[]
}

export type RoutedGame = {
  udpPorts: readonly number[]
  multicastGroups?: readonly string[]
  isSharedWithHome?: boolean
}

/** Ours in the kernel's books: a table of routes, and the place of its rules. The numbers mean nothing but 10.66. */
const table = 10_066
const preference = 1_066

/** WireGuard carries 1420 bytes; a packet travels in another one (28) with the agents' header (12). */
const mtu = 1_380

/** Consecutive ports as one range each: rules are looked at one after another. */
export function portRanges(ports: Iterable<number>): { first: number; last: number }[] {
  const ranges: { first: number; last: number }[] = []
  for (const port of [...new Set(ports)].sort((one, other) => one - other)) {
    const range = ranges.at(-1)
    if (range?.last === port - 1) range.last = port
    else ranges.push({ first: port, last: port })
  }
  return ranges
}

/** [LAND-44] Rules outlive a killed agent, everything else goes with the interface. */
export const cleanUpLines: readonly string[] = [`rule flush table ${table}`]

function ruleTo(prefix: string, what = ""): string {
  return `rule add pref ${preference} to ${prefix}${what} lookup ${table}`
}

function rules(games: readonly RoutedGame[]): string[] {
  const ours = games.filter((game) => !game.isSharedWithHome)
  const byPort = portRanges(ours.flatMap(({ udpPorts }) => udpPorts)).flatMap(({ first, last }) => {
    const what = ` ipproto udp dport ${first}-${last}`
    return [ruleTo("255.255.255.255/32", what), ruleTo("224.0.0.0/4", what)]
  })
  const groups = new Set(ours.flatMap(({ multicastGroups = [] }) => multicastGroups))
  return [...byPort, ...[...groups].map((group) => ruleTo(`${group}/32`))]
}

/** [LAND-40 … LAND-43] The second address makes programs that speak from the LAN's address use this interface; it comes last. */
export function setUpLines({ tapName, virtualIp, broadcastAddress, games }: RoutePlan): string[] {
  return [
    `link set dev ${tapName} mtu ${mtu} up`,
    `addr add ${virtualIp}/32 brd ${broadcastAddress} dev ${tapName}`,
    `route prepend broadcast ${broadcastAddress} dev ${tapName} table local proto static scope link src ${virtualIp}`,
    `route add 255.255.255.255/32 dev ${tapName} table ${table} src ${virtualIp}`,
    `route add 224.0.0.0/4 dev ${tapName} table ${table} src ${virtualIp}`,
    ...rules(games),
  ]
}
