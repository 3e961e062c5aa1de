import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { AddressCounts, addressOf } from "./address-counts"

describe("[PSH-58] sockets by address", () => {
  it("are as many as came and did not go, and nothing is remembered of who has none", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c")), (arrivals) => {
        const counts = new AddressCounts()
        for (const address of arrivals) counts.add(address)
        for (const address of ["a", "b", "c"]) expect(counts.of(address)).toBe(arrivals.filter((one) => one === address).length)
        for (const address of arrivals) counts.remove(address)
        expect(counts.size).toBe(0)
      }),
    )
  })

  it("belong to whom the server in front saw, else to the other end of the line", () => {
    const from = (forwarded?: string | string[]) => addressOf({ headers: { "x-forwarded-for": forwarded as string }, socket: { remoteAddress: "10.0.0.1" } as never })
    expect(from("203.0.113.5")).toBe("203.0.113.5")
    expect(from(["203.0.113.6"])).toBe("203.0.113.6")
    expect(from()).toBe("10.0.0.1")
    expect(from("")).toBe("10.0.0.1")
    expect(addressOf({ headers: {}, socket: {} as never })).toBe("unknown")
  })

  it("of one IPv6 network count together, and an IPv4 address is itself also through an IPv6 socket", () => {
    const at = (remoteAddress: string) => addressOf({ headers: {}, socket: { remoteAddress } as never })
    expect(at("2001:db8::1")).toBe(at("2001:db8::ffff:1:2:3"))
    expect(at("2001:db8::1")).not.toBe(at("2001:db8:0:1::1"))
    expect(at("::ffff:192.0.2.1")).toBe(at("192.0.2.1"))
  })
})
