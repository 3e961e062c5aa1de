import { createHash, createHmac } from "node:crypto"
import fc from "fast-check"
import Pusher from "pusher"
import { describe, expect, it } from "vitest"
import { channelText, httpText, isSameText, isSignedBy, md5Hex, sign, userText } from "./signature"
import { app } from "./test-app"

const official = new Pusher({ ...app, cluster: "local" })

describe("signatures", () => {
  it("[PSH-22] signs with HMAC-SHA256 in hex", () => {
    expect(sign("key", "The quick brown fox jumps over the lazy dog")).toBe(
      "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8",
    )
    expect(sign(app.secret, "ü")).toBe(createHmac("sha256", app.secret).update("ü", "utf8").digest("hex"))
  })

  it("[PSH-23] agrees with the published examples of key 278d425bdf160c739803", () => {
    const published = { appId: "3", key: "278d425bdf160c739803", secret: "7ad3773142a6692b25b8" }
    expect(sign(published.secret, channelText("1234.1234", "private-foobar", null))).toBe(
      "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4",
    )
    const mrChannels = '{"user_id":10,"user_info":{"name":"Mr. Channels"}}'
    expect(sign(published.secret, channelText("1234.1234", "presence-foobar", mrChannels))).toBe(
      "31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80",
    )
  })

  it("[PSH-40] agrees with the published example of an HTTP call", () => {
    const body = Buffer.from('{"name":"foo","channels":["project-3"],"data":"{\\"some\\":\\"data\\"}"}')
    expect(md5Hex(body)).toBe("ec365a775a4cd0599faeb73354201b6f")
    const text = httpText("POST", "/apps/3/events", [
      ["auth_timestamp", "1353088179"],
      ["auth_signature", "left out"],
      ["auth_version", "1.0"],
      ["auth_key", "278d425bdf160c739803"],
      ["body_md5", "ec365a775a4cd0599faeb73354201b6f"],
    ])
    expect(sign("7ad3773142a6692b25b8", text)).toBe("da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c")
  })

  it.each(["private-table", "private-encrypted-cache-a", "presence-table"])(
    "[PSH-22] accepts what the official library signs for %s",
    (channel) => {
      const library = new Pusher({ ...app, cluster: "local", encryptionMasterKeyBase64: Buffer.alloc(32, 7).toString("base64") })
      const { auth } = library.authorizeChannel("1.2", channel)
      expect(isSignedBy(app, auth, channelText("1.2", channel, null))).toBe(true)
      const withData = library.authorizeChannel("1.2", channel, { user_id: "Änne", user_info: { seat: 3 } })
      const channelData = withData.channel_data ?? "missing"
      expect(isSignedBy(app, withData.auth, channelText("1.2", channel, channelData))).toBe(true)
      expect(isSignedBy(app, withData.auth, channelText("1.2", channel, null))).toBe(false)
      expect(isSignedBy(app, auth, channelText("1.2", channel, channelData))).toBe(false)
    },
  )

  it("[PSH-12] accepts what the official library signs for a user", () => {
    const { auth, user_data } = official.authenticateUser("1.2", { id: "ann", user_info: { name: "Ann" } })
    expect(isSignedBy(app, auth, userText("1.2", user_data))).toBe(true)
    expect(isSignedBy(app, auth, userText("1.3", user_data))).toBe(false)
  })

  it("[PSH-22] signs bodies the way the official library verifies them", () => {
    const rawBody = JSON.stringify({ time_ms: 1, events: [{ name: "channel_occupied", channel: "ünicode" }] })
    const headers = { "content-type": "application/json", "x-pusher-key": app.key, "x-pusher-signature": sign(app.secret, rawBody) }
    expect(official.webhook({ headers, rawBody }).isValid()).toBe(true)
    expect(official.webhook({ headers, rawBody: `${rawBody} ` }).isValid()).toBe(false)
  })

  it("[PSH-40] orders parameters by lower-cased name and escapes nothing", () => {
    const query = [
      ["info", "a,b"],
      ["Filter", "x&y=z"],
      ["auth_key", "k"],
    ] as const
    expect(httpText("GET", "/apps/1/channels", query)).toBe("GET\n/apps/1/channels\nauth_key=k&Filter=x&y=z&info=a,b")
  })

  it("[PSH-40] signs what the official library signs", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.stringMatching(/^[a-zA-Z0-9,.-]{0,8}$/)), (params) => {
        const query = official.createSignedQueryString({ method: "GET", path: "/apps/1/channels", params })
        const pairs = query.split("&").map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)] as const)
        const signature = new Map(pairs).get("auth_signature")
        expect(sign(app.secret, httpText("GET", "/apps/1/channels", pairs))).toBe(signature)
      }),
    )
  })

  const good = sign(app.secret, "text")
  it.each([
    ["the right one", `${app.key}:${good}`, true],
    ["another key", `other:${good}`, false],
    ["no key", good, false],
    ["an empty text", "", false],
    ["only a colon", ":", false],
    ["no signature", `${app.key}:`, false],
    ["a cut signature", `${app.key}:${good.slice(0, -1)}`, false],
    ["one digit wrong", `${app.key}:${good.slice(0, -1)}${good.endsWith("0") ? "1" : "0"}`, false],
    ["upper case", `${app.key}:${good.toUpperCase()}`, false],
    ["wide characters", `${app.key}:${"ü".repeat(32)}`, false],
    ["key and signature swapped", `${good}:${app.key}`, false],
  ])("[PSH-22] judges %s", (_what, auth, expected) => {
    expect(isSignedBy(app, auth, "text")).toBe(expected)
  })

  it("[PSH-22] compares any two texts without throwing", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
      expect(isSameText(a, b)).toBe(Buffer.from(a).equals(Buffer.from(b)))
    }))
  })

  it("digests bodies as hex md5", () => {
    expect(md5Hex(Buffer.from("{}"))).toBe(createHash("md5").update("{}").digest("hex"))
  })
})
