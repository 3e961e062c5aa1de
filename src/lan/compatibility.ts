import type { NatType } from "./nat-behaviour"

/** What two routers allow between two homes: `uncertain` when one of them is not known, so that it has to be tried. */
export type ExpectedPath = "direct" | "relayed" | "uncertain"

const relayed: readonly (readonly [NatType, NatType])[] = [
  ["symmetric", "port_restricted_cone"],
  ["symmetric", "symmetric"],
]

/**
 * [LANU-12] Can two homes talk directly (RFC 5128)? The order of the two does not matter.
 * A symmetric router uses a new port for each peer, which only a router that asks for exactly that port keeps out.
 * Within one home the routers do not matter: there the host candidates decide.
 */
export function expectedPath(a: NatType, b: NatType): ExpectedPath {
  if (a === "unknown" || b === "unknown") return "uncertain"
  return relayed.some(([x, y]) => (a === x && b === y) || (a === y && b === x)) ? "relayed" : "direct"
}
