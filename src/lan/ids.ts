import type { Random } from "@/kernel/random"

/** [LAN-1] 12 hex digits: nobody finds a network by trying. */
export function drawNetworkId(random: Random): string {
  return drawHex(12, random)
}

/** [LAN-2] 16 hex digits. */
export function drawPeerId(random: Random): string {
  return drawHex(16, random)
}

function drawHex(digits: number, random: Random): string {
  return Array.from({ length: digits }, () => random.int(0, 15).toString(16)).join("")
}

/** So many bytes by chance, as base64 without the signs that mean something in an address. */
export function drawSecret(bytes: number, random: Random): string {
  return Buffer.from(Array.from({ length: bytes }, () => random.int(0, 255))).toString("base64url")
}
