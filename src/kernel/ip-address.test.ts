import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { addressBytes, addressText } from "./ip-address"

/** The URL parser's word on an IPv6 address, with which ours must agree: its one spelling, or null when it is none. */
function byUrl(address: string): string | null {
  const url = `http://[${address}]/`
  return /^[0-9a-f:.]+$/i.test(address) && URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : null
}

const ours = (address: string) => {
  const bytes = addressBytes(address)
  return bytes && addressText(bytes)
}

/** Zeros are as likely as all else together: what they may be left out for is where spellings differ. */
const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }))
const groups = fc.array(group, { minLength: 8, maxLength: 8 })
const colon = fc.constant(":")
/** Texts that are nearly addresses: a piece too many, too few, too long, or in the wrong place. */
const pieces = fc.oneof(
  { weight: 6, arbitrary: colon },
  { weight: 2, arbitrary: fc.constant("::") },
  { weight: 4, arbitrary: fc.constantFrom("0", "00", "1", "db8", "FFFF", "ffff", "01234", "g") },
  { weight: 1, arbitrary: fc.constantFrom("192.0.2.1", "192.0.02.1", "0.0.0.0", "1.2.3", "1.2.3.256", ".", "-1", " ", "0x1") },
)

describe("addressBytes and addressText", () => {
  it("agree with the URL parser on all that is nearly an IPv6 address, as to whether it is one and which", () => {
    const seen = { addresses: 0, others: 0 }
    const glued = fc.array(pieces, { maxLength: 17 }).map((all) => all.join(""))
    const joined = fc.array(pieces, { maxLength: 9 }).map((all) => all.join(":"))
    const anything = fc.string({ unit: fc.constantFrom(..."0123456789abcdefABCDEF:.%") })
    const nearly = fc.oneof(glued, joined, anything, fc.ipV6()).filter((text) => text.includes(":"))
    fc.assert(
      fc.property(nearly, (text) => {
        const [plain = ""] = text.split("%")
        const expected = byUrl(plain)
        seen[expected === null ? "others" : "addresses"] += 1
        expect([text, ours(text)]).toEqual([text, expected])
      }),
      { numRuns: 3_000 },
    )
    expect(Math.min(seen.addresses, seen.others)).toBeGreaterThan(300)
  })

  it("write each address as the URL parser does, and read it back", () => {
    fc.assert(
      fc.property(groups, (address) => {
        const bytes = Buffer.from(address.flatMap((part) => [part >> 8, part & 0xff]))
        const text = addressText(bytes)
        expect(text).toBe(byUrl(address.map((part) => part.toString(16)).join(":")))
        expect(addressBytes(text)).toEqual(bytes)
      }),
    )
  })

  it("write and read four bytes", () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(ours(text)).toBe(text)
        expect(ours(`::ffff:${text}`)).toBe(byUrl(`::ffff:${text}`))
      }),
    )
  })

  it.each([
    ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
    ["::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
    ["1:0:0:2:3:0:0:4", "1::2:3:0:0:4"],
    ["fe80::1%eth0", "fe80::1"],
    ["::", "::"],
  ])("%s is %s", (written, text) => {
    expect(ours(written)).toBe(text)
  })

  it.each(["", ":", ":::", "1:::2", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "192.0.2.1::", "::192.0.2.1:1", "1:2:3:4:5:6:7:192.0.2.1", "::192.0.2.01", "12345::", "%eth0:", "1.2.3", "1.2.3.4.5"])("%s is no address", (text) => {
    expect(addressBytes(text)).toBeNull()
  })
})
