import { createHash } from "node:crypto"
import type { Random } from "@/kernel/random"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import { drawSecret } from "./ids"

/** [LAN-30] How long a token is good, ms. */
export const tokenLifetimeMs = 24 * 60 * 60 * 1000
/** [LAN-32] How long the token before a new one is still good, ms: its answer may have been lost on the way. */
export const formerTokenLifetimeMs = 2 * 60 * 1000

// Which party's row to lock is told by the token itself; all else is in the database under its hash.
const tokenPattern = /^lan_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[\w-]{43}$/

/** A fresh bearer token for a PC: 256 bits by chance. */
export function drawToken(partyId: string, random: Random): string {
  return `lan_${partyId.replaceAll("-", "")}_${drawSecret(32, random)}`
}

/** [LAN-30] What the database keeps of a token. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex")
}

/** The party a token is about, and the hash to look it up by; null for what is no such token. */
export function readToken(text: string): { partyId: string; tokenHash: string } | null {
  const [, ...groups] = tokenPattern.exec(text) ?? []
  return groups.length === 0 ? null : { partyId: groups.join("-"), tokenHash: tokenHash(text) }
}

export type TokenRefusal = Refusal<
  "lan_token_unknown" | "lan_token_expired" | "lan_kicked" | "lan_silent" | "lan_network_ended" | "kicked"
>

type TokenFacts = {
  readonly tokenHash: string
  readonly tokenExpiresAt: Date
  readonly formerTokenExpiresAt: Date | null
  readonly leftReason: "LEFT" | "KICKED" | "SILENT" | "ENDED" | null
  /** Whether the guest whose PC it is was kicked from the party. */
  readonly isGuestKicked: boolean
  readonly isNetworkEnded: boolean
}

/** [LAN-31] [LAN-33] Whether the token with this hash still speaks for its peer. */
export function tokenVerdict(peer: TokenFacts, hash: string, now: Date): Result<true, TokenRefusal> {
  switch (peer.leftReason) {
    case "KICKED":
      return refuse("lan_kicked")
    case "ENDED":
      return refuse("lan_network_ended")
    case "SILENT":
      return refuse("lan_silent")
    case "LEFT":
      return refuse("lan_token_unknown")
    case null:
      break
  }
  // Who was silent when it ended was not taken out by the end.
  if (peer.isNetworkEnded) return refuse("lan_network_ended")
  if (peer.isGuestKicked) return refuse("kicked")
  const goodUntil = peer.tokenHash === hash ? peer.tokenExpiresAt : peer.formerTokenExpiresAt
  return goodUntil !== null && now < goodUntil ? ok(true) : refuse("lan_token_expired")
}

/** [LAN-83] The same for who comes back: having been silent is no hindrance. */
export function returnVerdict(peer: TokenFacts, hash: string, now: Date): Result<true, TokenRefusal> {
  return tokenVerdict(peer.leftReason === "SILENT" ? { ...peer, leftReason: null } : peer, hash, now)
}
