import { describe, expect, it } from "vitest"
import { contentPolicy } from "./content-policy"

const facts = { nonce: "bm9uY2U", host: "192.168.1.20:3000", cluster: null, isDevelopment: false }

function directive(name: string, policy: string): string[] {
  const found = policy.split("; ").find((part) => part.startsWith(`${name} `))
  return found?.split(" ").slice(1) ?? []
}

describe("a page's content security policy", () => {
  it("runs no script without this answer's nonce, and evaluates no text", () => {
    const policy = contentPolicy(facts)
    expect(directive("script-src", policy)).toEqual(["'self'", "'nonce-bm9uY2U'", "'strict-dynamic'"])
    expect(directive("script-src-attr", policy)).toEqual(["'none'"])
    expect(policy).not.toContain("unsafe-eval")
    expect(policy.match(/unsafe-inline/g)).toHaveLength(1)
    expect(directive("style-src-attr", policy)).toEqual(["'unsafe-inline'"])
  })

  it("allows nothing that it does not name", () => {
    expect(directive("default-src", contentPolicy(facts))).toEqual(["'none'"])
    expect(directive("frame-ancestors", contentPolicy(facts))).toEqual(["'none'"])
    expect(directive("base-uri", contentPolicy(facts))).toEqual(["'none'"])
  })

  it("works on plain http in a home network: nothing is sent on to https, and the socket is the page's own", () => {
    const policy = contentPolicy(facts)
    expect(policy).not.toContain("upgrade-insecure-requests")
    expect(directive("connect-src", policy)).toEqual(["'self'", "ws://192.168.1.20:3000", "wss://192.168.1.20:3000"])
    expect(directive("connect-src", contentPolicy({ ...facts, host: "[fe80::1]:80" }))).toContain("ws://[fe80::1]:80")
  })

  it("with hosted Pusher the socket is its cluster's and nobody else's", () => {
    const policy = contentPolicy({ ...facts, cluster: "eu" })
    expect(directive("connect-src", policy)).toEqual(["'self'", "wss://ws-eu.pusher.com", "https://sockjs-eu.pusher.com"])
  })

  it.each(["a b", "x; script-src *", "x\r\nset-cookie: a=b", "x,y", "*", "ws://evil", "", "'unsafe-inline'", "*.example", "host:999999"])(
    "a Host of %j adds nothing",
    (host) => {
      expect(directive("connect-src", contentPolicy({ ...facts, host }))).toEqual(["'self'"])
      expect(directive("connect-src", contentPolicy({ ...facts, cluster: `${host} ` }))).toEqual(["'self'"])
    },
  )

  it("while developing React may evaluate and style as it does", () => {
    const policy = contentPolicy({ ...facts, isDevelopment: true })
    expect(directive("script-src", policy)).toContain("'unsafe-eval'")
    expect(directive("style-src", policy)).toEqual(["'self'", "'unsafe-inline'"])
  })
})
