import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { addresseeOf, parseChannelName } from "./channel-name"

describe("channel names", () => {
  it.each([
    ["my-party", "public", false],
    ["private-", "private", false],
    ["private-x", "private", false],
    ["privates-x", "public", false],
    ["Private-x", "public", false],
    ["presence-x", "presence", false],
    ["private-encrypted-x", "private", false],
    ["cache-x", "public", true],
    ["cachex", "public", false],
    ["my-cache-x", "public", false],
    ["private-cache-x", "private", true],
    ["private-encrypted-cache-x", "private", true],
    ["presence-cache-x", "presence", true],
    ["private-my-cache-x", "private", false],
    ["presence-encrypted-cache-x", "presence", false],
    ["a_b-c=d@e,f.g;h", "public", false],
  ])("[PSH-16] reads %s as %s, cache: %s", (text, access, isCache) => {
    expect(parseChannelName(text, 164)).toEqual({ ok: true, value: { text, access, isCache } })
  })

  it.each(["", " ", "a b", "a/b", "a:b", "#a", "ä", "a\n", "private-ü", "a#b", "a*b", "x\u0000"])("[PSH-15] refuses %j", (text) => {
    expect(parseChannelName(text, 164)).toEqual({ ok: false, refusal: { code: "bad_channel_name" } })
  })

  it("[PSH-15] counts characters", () => {
    expect(parseChannelName("x".repeat(164), 164).ok).toBe(true)
    expect(parseChannelName("x".repeat(165), 164)).toMatchObject({ refusal: { code: "channel_name_too_long" } })
  })

  it("[PSH-15] accepts exactly the allowed alphabet", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }), (text) => {
        const isAllowed = [...text].every((char) => /[A-Za-z0-9]/.test(char) || "_-=@,.;".includes(char))
        expect(parseChannelName(text, 1000).ok).toBe(isAllowed)
      }),
    )
  })

  it.each([
    ["#server-to-user-ann", "ann"],
    ["#server-to-user-Ann Ü/1", "Ann Ü/1"],
    ["#server-to-user-", null],
    [`#server-to-user-${"x".repeat(201)}`, null],
    ["server-to-user-ann", null],
    ["#other", null],
    ["private-#server-to-user-ann", null],
  ])("[PSH-29] finds the addressee of %s: %s", (text, userId) => {
    expect(addresseeOf(text)).toBe(userId)
  })
})
