import { z } from "zod"

/** How far a router looks at whom a PC talks to (RFC 4787): not at all, at the address, at address and port. */
export const behaviours = ["endpoint_independent", "address_dependent", "address_and_port_dependent"] as const
export type Behaviour = (typeof behaviours)[number]

/**
 * [LANU-10] The two facts about a home's router that are stored; `null` is what could not be found out.
 * `mapping`: does the outside port stay the same whomever the PC talks to? `none`: nothing is translated.
 * `filtering`: who may send to that port once the PC has used it?
 */
export const natBehaviourSchema = z.object({
  mapping: z.enum(["none", ...behaviours]).nullable(),
  filtering: z.enum(behaviours).nullable(),
})
export type NatBehaviour = z.infer<typeof natBehaviourSchema>

/** The old words for a router, shown to people and never stored. */
export const natTypes = [
  "open",
  "full_cone",
  "restricted_cone",
  "port_restricted_cone",
  "symmetric",
  "unknown",
] as const
export type NatType = (typeof natTypes)[number]

const coneOf = {
  endpoint_independent: "full_cone",
  address_dependent: "restricted_cone",
  address_and_port_dependent: "port_restricted_cone",
} as const satisfies Record<Behaviour, NatType>

/** [LANU-11] The old word for the two facts. A firewall without translation is named after what it lets in. */
export function natTypeOf({ mapping, filtering }: NatBehaviour): NatType {
  if (mapping === "address_dependent" || mapping === "address_and_port_dependent") return "symmetric"
  if (mapping === null || filtering === null) return "unknown"
  return mapping === "none" && filtering === "endpoint_independent" ? "open" : coneOf[filtering]
}
