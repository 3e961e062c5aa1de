import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { addressOf, hostAddress, lowestFreeAddress, mostAddresses, placeOf } from "./addresses"

function freed(taken: ReadonlySet<string>): string {
  const free = lowestFreeAddress(taken)
  if (!free.ok) throw new Error(free.refusal.code)
  return free.value
}

describe("addresses", () => {
  it("[LAN-11] begins at 10.66.0.2, whether the host's PC is in or not", () => {
    expect(freed(new Set())).toBe("10.66.0.2")
    expect(freed(new Set([hostAddress]))).toBe("10.66.0.2")
    expect(freed(new Set(["10.66.0.2", "10.66.0.4"]))).toBe("10.66.0.3")
  })

  it("[LAN-10] goes from .254 on to the next .1", () => {
    const first = new Set(Array.from({ length: 253 }, (_, index) => `10.66.0.${index + 2}`))
    expect(freed(first)).toBe("10.66.1.1")
  })

  it("[LAN-12] gives 65 023 different ones to guests, none of them the host's, none ending in .0 or .255; one more is refused", () => {
    const all = Array.from({ length: mostAddresses }, (_, index) => addressOf(index + 1))
    expect(all).toHaveLength(65_023)
    expect(new Set([hostAddress, ...all]).size).toBe(65_024)
    expect(all.at(-1)).toBe("10.66.255.254")
    for (const address of all) expect(address).toMatch(/^10\.66\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])\.([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])$/)
    expect(lowestFreeAddress(all)).toMatchObject({ ok: false, refusal: { code: "lan_addresses_exhausted" } })
    expect(freed(new Set(all.slice(0, -1)))).toBe("10.66.255.254")
  })

  it("[LAN-10] knows its own addresses and no others", () => {
    for (let place = 0; place <= mostAddresses; place += 97) expect(placeOf(addressOf(place))).toBe(place)
    for (const text of ["10.66.0.0", "10.66.0.255", "10.66.256.1", "10.67.0.1", "10.66.00.2", "10.66.0.02", "10.66.0", "", "10.66.0.2 "]) {
      expect([text, placeOf(text)]).toEqual([text, null])
    }
  })

  it("[LAN-11] [LAN-13] whoever comes and goes, no address is given twice and it is always the lowest free", () => {
    const evening = fc.array(fc.oneof(fc.constant("join" as const), fc.nat(400)), { maxLength: 700 })
    fc.assert(
      fc.property(evening, (steps) => {
        const taken = new Set<string>()
        for (const step of steps) {
          if (step !== "join") {
            taken.delete([...taken][step % Math.max(1, taken.size)] ?? "")
            continue
          }
          const address = freed(taken)
          expect(taken.has(address)).toBe(false)
          const place = placeOf(address) ?? 0
          for (let lower = 1; lower < place; lower++) expect(taken.has(addressOf(lower))).toBe(true)
          taken.add(address)
        }
      }),
      { numRuns: 60 },
    )
  })
})
