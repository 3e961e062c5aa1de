import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { expectedPath } from "./compatibility"
import { behaviours, natTypeOf, natTypes } from "./nat-behaviour"

describe("which routers let two homes talk directly", () => {
  const known = natTypes.filter((type) => type !== "unknown")
  // Rows and columns in the order of `known`: d direct, r relayed.
  const table = ["ddddd", "ddddd", "ddddd", "ddddr", "dddrr"]

  it.each(known.flatMap((a, row) => known.map((b, column) => [a, b, table[row]![column]!] as const)))(
    "[LANU-12] %s and %s: %s",
    (a, b, letter) => {
      expect(expectedPath(a, b)).toBe(letter === "d" ? "direct" : "relayed")
    },
  )

  it("[LANU-12] does not depend on who asks", () => {
    fc.assert(fc.property(fc.constantFrom(...natTypes), fc.constantFrom(...natTypes), (a, b) => {
      expect(expectedPath(a, b)).toBe(expectedPath(b, a))
    }))
  })

  it.each(natTypes)("[LANU-12] unknown and %s has to be tried", (type) => {
    expect(expectedPath("unknown", type)).toBe("uncertain")
  })
})

describe("the old word for two facts", () => {
  it.each([
    ["none", "endpoint_independent", "open"],
    ["none", "address_dependent", "restricted_cone"],
    ["none", "address_and_port_dependent", "port_restricted_cone"],
    ["endpoint_independent", "endpoint_independent", "full_cone"],
    ["endpoint_independent", "address_dependent", "restricted_cone"],
    ["endpoint_independent", "address_and_port_dependent", "port_restricted_cone"],
    ["endpoint_independent", null, "unknown"],
    [null, "endpoint_independent", "unknown"],
    [null, null, "unknown"],
  ] as const)("[LANU-11] mapping %s, filtering %s: %s", (mapping, filtering, type) => {
    expect(natTypeOf({ mapping, filtering })).toBe(type)
  })

  it("[LANU-11] a port that changes with the peer is symmetric, whatever the filter", () => {
    for (const mapping of ["address_dependent", "address_and_port_dependent"] as const) {
      for (const filtering of [...behaviours, null]) expect(natTypeOf({ mapping, filtering })).toBe("symmetric")
    }
  })
})
