/**
 * A request id for one tap: 32 hex digits. Make it once per attempt and send it again with every
 * retry of that attempt; the server answers a known id with its first answer.
 * `crypto.randomUUID` is missing on plain http, `getRandomValues` is not; `Math.random` covers the rest.
 */
export function newTapId(): string {
  const bytes = new Uint8Array(16)
  fillRandomly(bytes)
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}

function fillRandomly(bytes: Uint8Array<ArrayBuffer>): void {
  if (typeof globalThis.crypto?.getRandomValues === "function") {
    globalThis.crypto.getRandomValues(bytes)
    return
  }
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.floor(Math.random() * 256)
}
