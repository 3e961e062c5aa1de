import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { addressOwner, clientAddress } from "./client-address"

const group = fc.integer({ min: 0, max: 0xffff })
const groups = (length: number) => fc.array(group, { minLength: length, maxLength: length })

/** One of the ways to write an address: groups with or without zeros in front, large or small, a run of zeros left out. */
const spelling = fc.record({ isPadded: fc.boolean(), isLarge: fc.boolean(), leavesOut: fc.nat(8), zone: fc.constantFrom("", "%eth0"), around: fc.constantFrom("", "[]", "[]:443") })
type Spelling = typeof spelling extends fc.Arbitrary<infer T> ? T : never

function written(address: readonly number[], { isPadded, isLarge, leavesOut, zone, around }: Spelling): string {
  const texts = address.map((one) => one.toString(16).padStart(isPadded ? 4 : 1, "0"))
  const end = address.findIndex((one, at) => at >= leavesOut && one !== 0)
  const until = end < 0 ? 8 : end
  const isShort = until > leavesOut
  const text = isShort ? `${texts.slice(0, leavesOut).join(":")}::${texts.slice(until).join(":")}` : texts.join(":")
  const cased = (isLarge ? text.toUpperCase() : text) + zone
  return around === "" ? cased : around.replace("[]", `[${cased}]`)
}

/** The URL parser's one spelling of an address, which owners have had from the first night on. */
const byUrl = (address: readonly number[]) => new URL(`http://[${address.map((part) => part.toString(16)).join(":")}]/`).hostname.slice(1, -1)

const isOrdinary = (address: readonly number[]) => !/^(0,0,0,0,0,65535|100,65435,0,0,0,0),/.test(address.join())

describe("addressOwner", () => {
  it("is one for all addresses of an IPv6 network of 64 bits, however they are written", () => {
    fc.assert(
      fc.property(groups(4), groups(4), groups(4), spelling, spelling, (network, one, other, first, second) => {
        fc.pre(isOrdinary([...network, ...one]) && isOrdinary([...network, ...other]))
        const owner = addressOwner(written([...network, ...one], first))
        expect(owner).toBe(`${byUrl([...network, 0, 0, 0, 0])}/64`)
        expect(addressOwner(written([...network, ...other], second))).toBe(owner)
      }),
    )
  })

  it("differs between networks, down to the last bit", () => {
    fc.assert(
      fc.property(groups(8), fc.nat(63), (address, bit) => {
        const other = address.map((part, at) => (at === Math.floor(bit / 16) ? part ^ (1 << (bit % 16)) : part))
        fc.pre(isOrdinary(address) && isOrdinary(other))
        expect(addressOwner(written(other, plain))).not.toBe(addressOwner(written(address, plain)))
      }),
    )
  })

  it("is the address itself with IPv4, also in IPv6's clothes, each way of writing them", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom("::ffff:", "0:0:0:0:0:FFFF:", "64:ff9b::"), spelling, (ipv4, prefix, how) => {
        const [a = 0, b = 0, c = 0, d = 0] = ipv4.split(".").map(Number)
        const last = [a * 256 + b, c * 256 + d]
        const front = prefix === "64:ff9b::" ? [0x64, 0xff9b, 0, 0, 0, 0] : [0, 0, 0, 0, 0, 0xffff]
        for (const text of [ipv4, ` ${ipv4} `, `${ipv4}:8080`, prefix + ipv4, written([...front, ...last], how)]) expect([text, addressOwner(text)]).toEqual([text, ipv4])
      }),
    )
  })

  it.each([
    ["2001:db8::1", "2001:db8::/64"],
    ["2001:db8::ffff:192.0.2.1", "2001:db8::/64"],
    ["::1", "::/64"],
    ["::", "::/64"],
    ["fe80::1%wlan0", "fe80::/64"],
    ["1:2:3:4:5:6:7::", "1:2:3:4::/64"],
    ["::2:3:4:5:6:7:8", "0:2:3:4::/64"],
    ["::fffe:192.0.2.1", "::/64"],
    ["unknown", "unknown"],
    ["_Hidden", "_hidden"],
    ["192.0.2.1:80:80", "192.0.2.1:80:80"],
    ["192.0.2.256", "192.0.2.256"],
    ["1::2::3", "1::2::3"],
    ["", ""],
  ])("of %s is %s", (address, owner) => {
    expect(addressOwner(address)).toBe(owner)
  })

  it("reads any text, and a plain address as what it was made of", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV6(), fc.ipV4()), (text) => {
        expect(addressOwner(clientAddress({ forwarded: undefined, seen: text, trustedProxies: 0 }))).toBe(addressOwner(text))
      }),
    )
  })
})

describe("clientAddress", () => {
  const seen = "10.0.0.1"

  it.each([
    [0, "203.0.113.9", seen],
    [0, undefined, seen],
    [1, undefined, seen],
    [1, "", seen],
    [1, " , ", seen],
    [1, "203.0.113.9", "203.0.113.9"],
    [1, "1.1.1.1, 203.0.113.9", "203.0.113.9"],
    [2, "1.1.1.1, 203.0.113.9, 198.51.100.7", "203.0.113.9"],
    // Fewer than there are proxies: the first there is, which a proxy wrote.
    [3, "203.0.113.9, 198.51.100.7", "203.0.113.9"],
    [1, "1.1.1.1,2001:DB8::1", "2001:db8::1"],
    [1, "[2001:db8::1]:443", "2001:db8::1"],
    [1, "203.0.113.9:51820", "203.0.113.9"],
    [1, "::ffff:203.0.113.9", "203.0.113.9"],
  ])("behind %i proxies with %j is %s", (trustedProxies, forwarded, address) => {
    expect(clientAddress({ forwarded, seen, trustedProxies })).toBe(address)
  })

  it("is never what a client wrote, when each proxy adds whom it sees", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.string())), fc.ipV4(), fc.array(fc.ipV4(), { maxLength: 4 }), (lies, client, proxies) => {
        // The proxies saw the client and each other; we see the last of them.
        const hops = [client, ...proxies]
        const forwarded = [...lies, ...hops].join(", ")
        expect(clientAddress({ forwarded, seen: "10.0.0.1", trustedProxies: hops.length })).toBe(client)
      }),
    )
  })

  it("is unknown when nobody can tell", () => {
    expect(clientAddress({ forwarded: undefined, seen: undefined, trustedProxies: 1 })).toBe("unknown")
  })
})

const plain: Spelling = { isPadded: false, isLarge: false, leavesOut: 8, zone: "", around: "" }
