import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  timingSafeEqual,
  type KeyObject,
} from "node:crypto"

// [LAN-23] An X25519 key cannot sign. So whoever redeems an invitation answers a nonce under the secret that this key and the
// server's share: only who holds the private key can. The server keeps nothing for it: its key and its nonces come from its secret.

/** How long a nonce may be answered, ms. */
export const nonceLifetimeMs = 2 * 60 * 1000

const keyBytes = 32
// DER around the 32 bytes of an X25519 key (RFC 8410).
const publicPrefix = Buffer.from("302a300506032b656e032100", "hex")
const privatePrefix = Buffer.from("302e020100300506032b656e04220420", "hex")

/** A WireGuard public key: 32 bytes as base64, in its one spelling. */
export function isPublicKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(text) && Buffer.from(text, "base64").toString("base64") === text
}

/** The server's key pair, the same in each process that has the secret. `publicKey` is base64. */
export function serverKeyOf(secret: string): { privateKey: Buffer; publicKey: string } {
  const privateKey = Buffer.from(hkdfSync("sha256", secret, "", "party-os lan server key", keyBytes))
  return { privateKey, publicKey: publicKeyOf(privateKey) }
}

/** The public key of 32 private bytes, base64. */
export function publicKeyOf(privateKey: Buffer): string {
  const der = createPublicKey(privateKeyObject(privateKey)).export({ type: "spki", format: "der" })
  return der.subarray(publicPrefix.length).toString("base64")
}

/** A nonce that the server knows again without keeping it: when it was made, 16 bytes by chance, and its mark on both. */
export function makeNonce(secret: string, now: Date, chance: Buffer): string {
  const at = Buffer.alloc(8)
  at.writeBigUInt64BE(BigInt(now.getTime()))
  const told = Buffer.concat([at, chance])
  return Buffer.concat([told, markOf(secret, told)]).toString("base64url")
}

/** Whether the server made this nonce, a moment ago. */
export function isFreshNonce(secret: string, nonce: string, now: Date): boolean {
  const bytes = Buffer.from(nonce, "base64url")
  if (bytes.length !== 40) return false
  const told = bytes.subarray(0, 24)
  if (!timingSafeEqual(markOf(secret, told), bytes.subarray(24))) return false
  const ageMs = now.getTime() - Number(told.readBigUInt64BE())
  // Another process of the same party may have a clock a little ahead.
  return ageMs > -5_000 && ageMs < nonceLifetimeMs
}

function markOf(secret: string, told: Buffer): Buffer {
  return createHmac("sha256", Buffer.from(hkdfSync("sha256", secret, "", "party-os lan nonce", keyBytes))).update(told).digest().subarray(0, 16)
}

/** What both sides put under the proof. */
export type ProofFacts = { readonly nonce: string; readonly invitation: string; readonly publicKey: string }

/** The PC's answer: proof that it holds the private key of `publicKey`. @returns base64url. */
export function proveKey(privateKey: Buffer, serverPublicKey: string, facts: ProofFacts): string {
  return proofOf(privateKeyObject(privateKey), serverPublicKey, facts).toString("base64url")
}

/** Whether the answer is right. A key that shares the same secret with everybody (a point of small order) proves nothing. */
export function isKeyProven(serverPrivateKey: Buffer, facts: ProofFacts, proof: string): boolean {
  const given = Buffer.from(proof, "base64url")
  try {
    const expected = proofOf(privateKeyObject(serverPrivateKey), facts.publicKey, facts)
    return given.length === expected.length && timingSafeEqual(given, expected)
  } catch {
    return false
  }
}

function proofOf(own: KeyObject, otherPublicKey: string, { nonce, invitation, publicKey }: ProofFacts): Buffer {
  const shared = diffieHellman({ privateKey: own, publicKey: publicKeyObject(otherPublicKey) })
  const key = Buffer.from(hkdfSync("sha256", shared, nonce, "party-os lan key proof", keyBytes))
  return createHmac("sha256", key).update(JSON.stringify([nonce, invitation, publicKey])).digest()
}

function publicKeyObject(publicKey: string): KeyObject {
  return createPublicKey({ key: Buffer.concat([publicPrefix, Buffer.from(publicKey, "base64")]), format: "der", type: "spki" })
}

function privateKeyObject(privateKey: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([privatePrefix, privateKey]), format: "der", type: "pkcs8" })
}
