import { describe, expect, it } from "vitest"
import { wifiCode } from "./wifi-code"

describe("wifiCode", () => {
  it("names network and password", () => {
    expect(wifiCode("Party", "let me in")).toBe("WIFI:T:WPA;S:Party;P:let me in;;")
  })

  it("escapes what would end a part", () => {
    expect(wifiCode('a;b,c:d"e\\f', "\\;")).toBe('WIFI:T:WPA;S:a\\;b\\,c\\:d\\"e\\\\f;P:\\\\\\;;;')
  })

  it("says that an open network has no password", () => {
    expect(wifiCode("Open", "")).toBe("WIFI:T:nopass;S:Open;;")
  })
})
