import { type KeyObject, createHmac, createPublicKey, diffieHellman, hkdfSync, timingSafeEqual } from "node:crypto"
import { type Refusal, type Result, ok, refuse } from "@/kernel/result"
import { frameKinds } from "./protocol"

// A probe: kind 1, flags 1, held 2, sequence 4, echo 4, mark 16. It travels on the path it tries, whatever path that is.
export const probeBytes = 28
const markedBytes = 12

export type Probe = {
  /** Counts up over all probes of one agent to one peer, from 1. */
  sequence: number
  /** The last sequence heard from the peer on this very path; 0 for none. */
  echo: number
  /** How long ago that was, ms, in tenths; no more than 6553.5. */
  heldMs: number
  /** Sent because a probe came in: it is not answered itself. */
  isAnswer: boolean
  /** The sender's WireGuard is configured for the receiver (LANU-36). */
  isTunnelReady: boolean
}

export type ProbeKeys = { send: Buffer; receive: Buffer }

type KeyFacts = {
  /** X25519. */
  privateKey: KeyObject
  /** Base64, as WireGuard writes it. */
  publicKey: string
  peerPublicKey: string
  networkId: string
  /** Hex, see `probeNonceSchema`. */
  nonce: string
  peerNonce: string
}

/**
 * [LANU-31] The keys of the probes between two peers: only these two can make them, for these two runs of their agents, in this network.
 * Each direction has its own, so that a probe sent back to its sender proves nothing.
 */
export function probeKeys(facts: KeyFacts): Result<ProbeKeys, Refusal<"weak_key">> {
  const shared = sharedSecret(facts)
  if (!shared) return refuse("weak_key")
  const nonces = facts.publicKey < facts.peerPublicKey ? [facts.nonce, facts.peerNonce] : [facts.peerNonce, facts.nonce]
  const salt = Buffer.from(nonces.join(""), "hex")
  const keyFrom = (sender: string) => Buffer.from(hkdfSync("sha256", shared, salt, `party-os probe ${facts.networkId} ${sender}`, 32))
  return ok({ send: keyFrom(facts.publicKey), receive: keyFrom(facts.peerPublicKey) })
}

/** `null` for a key that is none, or that shares the same secret with everybody. */
function sharedSecret({ privateKey, peerPublicKey }: KeyFacts): Buffer | null {
  try {
    const x = Buffer.from(peerPublicKey, "base64").toString("base64url")
    return diffieHellman({ privateKey, publicKey: createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "X25519", x } }) })
  } catch {
    return null
  }
}

/** [LANU-30] */
export function sealProbe(key: Buffer, probe: Probe): Buffer {
  const frame = Buffer.alloc(probeBytes)
  frame[0] = frameKinds.probe
  frame[1] = (probe.isAnswer ? 1 : 0) | (probe.isTunnelReady ? 2 : 0)
  frame.writeUInt16BE(Math.min(65_535, Math.max(0, Math.round(probe.heldMs * 10))), 2)
  frame.writeUInt32BE(probe.sequence, 4)
  frame.writeUInt32BE(probe.echo, 8)
  markOf(key, frame).copy(frame, markedBytes)
  return frame
}

/** [LANU-30] Reads a probe that only the peer can have made; of anything else it says why not. It never throws. */
export function openProbe(key: Buffer, datagram: Buffer): Result<Probe, Refusal<"not_probe" | "forged">> {
  if (datagram.length !== probeBytes || datagram[0] !== frameKinds.probe) return refuse("not_probe")
  if (!timingSafeEqual(markOf(key, datagram), datagram.subarray(markedBytes))) return refuse("forged")
  const flags = datagram[1]!
  return ok({
    sequence: datagram.readUInt32BE(4),
    echo: datagram.readUInt32BE(8),
    heldMs: datagram.readUInt16BE(2) / 10,
    isAnswer: (flags & 1) !== 0,
    isTunnelReady: (flags & 2) !== 0,
  })
}

function markOf(key: Buffer, frame: Buffer): Buffer {
  return createHmac("sha256", key).update(frame.subarray(0, markedBytes)).digest().subarray(0, probeBytes - markedBytes)
}

const windowSize = 4096

/** [LANU-32] Each sequence counts once. Probes overtake each other on different paths, so the last 4096 are remembered. */
export class ReplayWindow {
  readonly #seen = new Uint32Array(windowSize)
  #highest = 0

  /** Whether this sequence is new; from then on it is not. */
  accepts(sequence: number): boolean {
    if (sequence === 0 || sequence + windowSize <= this.#highest) return false
    const slot = sequence % windowSize
    if (this.#seen[slot] === sequence) return false
    this.#seen[slot] = sequence
    this.#highest = Math.max(this.#highest, sequence)
    return true
  }
}
