import { createHash } from "node:crypto"
import type { Random } from "@/kernel/random"

// No 0/O, 1/I/L: a TV's remote types this, and a person reads it aloud.
const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

/** A token for a link: 24 characters (118 bits) for hosts, 10 (49 bits, rate-limited) where a remote control types it. */
export function drawLinkToken(kind: "ONE_TIME" | "CO_HOST" | "TV", random: Random): string {
  const length = kind === "TV" ? 10 : 24
  return Array.from({ length }, () => alphabet[random.int(0, alphabet.length - 1)]).join("")
}

/** What the database keeps of a link: its hash. Case and blanks do not matter to who types it. */
export function linkTokenHash(token: string): string {
  return createHash("sha256").update(token.replace(/[\s-]/g, "").toUpperCase()).digest("hex")
}
