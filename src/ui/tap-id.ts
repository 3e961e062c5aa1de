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

// Stands in where storage is forbidden: the id then lives as long as the page.
const kept = new Map<string, string>()

/**
 * The id of an attempt that may have to be sent again, also after a reload of this tab: the same one until `dropTapId`.
 * `attempt` names what is attempted with everything typed, so that a changed input is a new attempt.
 */
export function keptTapId(attempt: string): string {
  const known = readKept(attempt)
  if (known) return known
  const id = newTapId()
  kept.set(attempt, id)
  try {
    sessionStorage.setItem(storageKey(attempt), id)
  } catch {
    // Storage is forbidden or full: `kept` has it.
  }
  return id
}

/** The attempt was answered: the next one is new. */
export function dropTapId(attempt: string): void {
  kept.delete(attempt)
  try {
    sessionStorage.removeItem(storageKey(attempt))
  } catch {
    // Storage is forbidden: there is nothing in it.
  }
}

function readKept(attempt: string): string | null {
  try {
    return kept.get(attempt) ?? sessionStorage.getItem(storageKey(attempt))
  } catch {
    return null
  }
}

const storageKey = (attempt: string) => `tap:${attempt}`

function fillRandomly(bytes: Uint8Array<ArrayBuffer>): void {
  if (typeof globalThis.crypto?.getRandomValues === "function") {
    globalThis.crypto.getRandomValues(bytes)
    return
  }
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.floor(Math.random() * 256)
}
