import { generateKeyPairSync } from "node:crypto"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Probe, ReplayWindow, openProbe, probeBytes, probeKeys, sealProbe } from "./probe-frame"

function pc(nonce: string) {
  const { privateKey, publicKey } = generateKeyPairSync("x25519")
  const { x } = publicKey.export({ format: "jwk" })
  return { privateKey, publicKey: Buffer.from(x!, "base64url").toString("base64"), nonce: nonce.repeat(32) }
}

type Pc = ReturnType<typeof pc>

function keys(own: Pc, peer: Pc, networkId = "0123456789ab") {
  const derived = probeKeys({ ...own, peerPublicKey: peer.publicKey, peerNonce: peer.nonce, networkId })
  if (!derived.ok) throw new Error(derived.refusal.code)
  return derived.value
}

const u32 = fc.integer({ min: 0, max: 0xffff_ffff })
const probes: fc.Arbitrary<Probe> = fc.record({
  sequence: u32,
  echo: u32,
  heldMs: fc.integer({ min: 0, max: 65_535 }).map((tenths) => tenths / 10),
  isAnswer: fc.boolean(),
  isTunnelReady: fc.boolean(),
})
const one: Probe = { sequence: 1, echo: 0, heldMs: 0, isAnswer: false, isTunnelReady: false }

describe("probes", () => {
  const ann = pc("a")
  const bob = pc("b")
  const eve = pc("e")

  it("[LANU-30] the peer reads what was sealed, 28 bytes of it", () => {
    const { send } = keys(ann, bob)
    const { receive } = keys(bob, ann)
    fc.assert(fc.property(probes, (probe) => {
      const frame = sealProbe(send, probe)
      expect(frame).toHaveLength(probeBytes)
      expect(openProbe(receive, frame)).toEqual({ ok: true, value: probe })
    }))
  })

  it("[LANU-30] refuses a probe with any bit turned over, and never throws on any bytes", () => {
    const { receive } = keys(bob, ann)
    const frame = sealProbe(keys(ann, bob).send, { ...one, sequence: 77, echo: 5 })
    for (let bit = 0; bit < frame.length * 8; bit += 1) {
      const turned = Buffer.from(frame)
      turned[bit >> 3]! ^= 1 << (bit & 7)
      expect(openProbe(receive, turned).ok, `bit ${bit}`).toBe(false)
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(openProbe(receive, Buffer.from(bytes)).ok).toBe(false)
    }))
  })

  it("[LANU-31] a stranger cannot make one, nor can a member for another pair", () => {
    const { receive } = keys(bob, ann)
    expect(openProbe(receive, sealProbe(keys(eve, bob).send, one))).toEqual({ ok: false, refusal: { code: "forged" } })
    expect(openProbe(receive, sealProbe(keys(ann, eve).send, one)).ok).toBe(false)
  })

  it("[LANU-31] a probe sent back to its sender, of another network or of an earlier run is foreign", () => {
    const { send, receive } = keys(ann, bob)
    expect(openProbe(receive, sealProbe(send, one)).ok).toBe(false)
    expect(openProbe(keys(bob, ann).receive, sealProbe(keys(ann, bob, "ffffffffffff").send, one)).ok).toBe(false)
    const earlier = { ...ann, nonce: "0".repeat(32) }
    expect(openProbe(keys(bob, ann).receive, sealProbe(keys(earlier, bob).send, one)).ok).toBe(false)
  })

  it("[LANU-31] refuses a key that shares one secret with everybody, and a key that is none", () => {
    for (const peerPublicKey of [Buffer.alloc(32).toString("base64"), "short", ""]) {
      expect(probeKeys({ ...ann, peerPublicKey, peerNonce: bob.nonce, networkId: "0123456789ab" })).toEqual({
        ok: false,
        refusal: { code: "weak_key" },
      })
    }
  })

  it("[LANU-32] each sequence counts once, in whatever order they come", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 900 })), (sequences) => {
      const window = new ReplayWindow()
      const accepted = sequences.filter((sequence) => window.accepts(sequence))
      expect(accepted).toEqual([...new Set(sequences)])
    }))
  })

  it("[LANU-32] what is older than the window remembers does not count", () => {
    const window = new ReplayWindow()
    expect([5000, 904, 905, 905, 0].map((sequence) => window.accepts(sequence))).toEqual([true, false, true, false, false])
  })
})
