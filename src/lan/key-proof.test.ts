import { generateKeyPairSync, randomBytes } from "node:crypto"
import { describe, expect, it } from "vitest"
import { isFreshNonce, isKeyProven, isPublicKey, makeNonce, nonceLifetimeMs, proveKey, publicKeyOf, serverKeyOf } from "./key-proof"

const secret = "a secret for tests only, 32 characters"
const now = new Date("2026-11-21T20:00:00Z")
const later = (ms: number) => new Date(now.getTime() + ms)
const server = serverKeyOf(secret)

function pc() {
  const privateKey = generateKeyPairSync("x25519").privateKey.export({ type: "pkcs8", format: "der" }).subarray(-32)
  return { privateKey, publicKey: publicKeyOf(privateKey) }
}

describe("[LAN-23] the proof of a key", () => {
  it("holds for who has the private key, and for these facts alone", () => {
    const { privateKey, publicKey } = pc()
    const facts = { nonce: makeNonce(secret, now, randomBytes(16)), invitation: "A".repeat(26), publicKey }
    const proof = proveKey(privateKey, server.publicKey, facts)
    expect(isKeyProven(server.privateKey, facts, proof)).toBe(true)
    const other = pc()
    const wrong = [
      { ...facts, invitation: "B".repeat(26) },
      { ...facts, nonce: makeNonce(secret, now, randomBytes(16)) },
      { ...facts, publicKey: other.publicKey },
    ]
    for (const changed of wrong) expect(isKeyProven(server.privateKey, changed, proof)).toBe(false)
    expect(isKeyProven(server.privateKey, facts, proveKey(other.privateKey, server.publicKey, facts))).toBe(false)
    for (const text of ["", "AAAA", proof.slice(1), `${proof}AAAA`]) expect(isKeyProven(server.privateKey, facts, text)).toBe(false)
  })

  it("is worth nothing for points of small order, whose secret everybody knows", () => {
    const one = Buffer.alloc(32)
    one[0] = 1
    for (const point of [Buffer.alloc(32), one]) {
      const facts = { nonce: "n", invitation: "i", publicKey: point.toString("base64") }
      expect(isKeyProven(server.privateKey, facts, Buffer.alloc(32).toString("base64url"))).toBe(false)
    }
  })

  it("the server's key is the same in every process with the secret, and another with another", () => {
    expect(serverKeyOf(secret)).toEqual(server)
    expect(serverKeyOf(`${secret}!`).publicKey).not.toBe(server.publicKey)
    expect(isPublicKey(server.publicKey)).toBe(true)
  })

  it("makes the public key that belongs to the private one", () => {
    const pair = generateKeyPairSync("x25519")
    const privateKey = pair.privateKey.export({ type: "pkcs8", format: "der" }).subarray(-32)
    expect(Buffer.from(publicKeyOf(privateKey), "base64").toString("base64url")).toBe(pair.publicKey.export({ format: "jwk" }).x)
  })

  it("a nonce is good for two minutes, and only one the server made", () => {
    const nonce = makeNonce(secret, now, randomBytes(16))
    expect(isFreshNonce(secret, nonce, now)).toBe(true)
    expect(isFreshNonce(secret, nonce, later(nonceLifetimeMs - 1))).toBe(true)
    expect(isFreshNonce(secret, nonce, later(nonceLifetimeMs))).toBe(false)
    expect(isFreshNonce(secret, nonce, later(-5_000))).toBe(false)
    expect(isFreshNonce(`${secret}!`, nonce, now)).toBe(false)
    for (let place = 0; place < 40; place++) {
      const altered = Buffer.from(nonce, "base64url")
      altered[place] = (altered[place] ?? 0) ^ 1
      expect(isFreshNonce(secret, altered.toString("base64url"), now)).toBe(false)
    }
    for (const text of ["", "nonsense", "A".repeat(1000)]) expect(isFreshNonce(secret, text, now)).toBe(false)
  })

  it.each(["", "A".repeat(44), `${"A".repeat(42)}B=`, Buffer.alloc(31).toString("base64"), Buffer.alloc(33).toString("base64"), `${"A".repeat(42)}_=`])(
    "%j is no public key",
    (text) => expect(isPublicKey(text)).toBe(false),
  )
})
