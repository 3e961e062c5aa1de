import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readHandshake } from "./handshake"

const accepted = { ok: true, value: null }
const refused = (code: string) => ({ ok: false, refusal: { code } })

describe("handshake", () => {
  it.each([
    ["/app/key?protocol=7&client=js&version=8.6.0&flash=false", accepted],
    ["/app/key?protocol=4", accepted],
    ["/app/key?protocol=5", accepted],
    ["/app/key", accepted],
    ["/prefix/app/key?protocol=7", accepted],
    ["/app/%6bey?protocol=7", accepted],
    ["/app/key?protocol=3", refused("unsupported_version")],
    ["/app/key?protocol=8", refused("unsupported_version")],
    ["/app/key?protocol=-7", refused("unsupported_version")],
    ["/app/key?protocol=seven", refused("bad_version")],
    ["/app/key?protocol=", refused("bad_version")],
    ["/app/key?protocol=7.5", refused("bad_version")],
    ["/app/other?protocol=7", refused("unknown_app")],
    ["/app/KEY?protocol=7", refused("unknown_app")],
    ["/app/%E0%A4%A", refused("unknown_app")],
    ["/app/other?protocol=99", refused("unknown_app")],
    ["/app", refused("bad_path")],
    ["/app/", refused("bad_path")],
    ["/app/key/more", refused("bad_path")],
    ["/", null],
    ["/apps/1/events", null],
    ["/application/key", null],
    ["/_next/hmr?page=/app/key", null],
  ])("[PSH-1 – PSH-5] reads %s", (url, expected) => {
    expect(readHandshake(url, "key")).toEqual(expected)
  })

  it("[PSH-5] reads any URL without throwing", () => {
    fc.assert(fc.property(fc.string(), (tail) => void readHandshake(`/app/${tail}`, "key")))
  })
})
