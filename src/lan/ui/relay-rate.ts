/** What the relay had carried when it was asked. Ms of any clock that does not jump. */
export type RelayReading = { readonly atMs: number; readonly bytes: number }

/** Mbit/s between two readings; null for no time between them, or when the relay began to count anew. */
export function relayMbits(before: RelayReading, now: RelayReading): number | null {
  const ms = now.atMs - before.atMs
  const bytes = now.bytes - before.bytes
  return ms <= 0 || bytes < 0 ? null : (bytes * 8) / 1000 / ms
}

/** Mbit/s for people: "0", "0.4", "12". */
export function mbitsText(mbits: number): string {
  if (mbits < 0.05) return "0"
  return mbits < 10 ? mbits.toFixed(1) : String(Math.round(mbits))
}

const units = ["kB", "MB", "GB", "TB"]

/** Bytes for people, in steps of a thousand: "0 kB", "1.5 MB", "23 GB". */
export function bytesText(bytes: number): string {
  let shown = bytes / 1000
  let place = 0
  while (shown >= 999.5 && place < units.length - 1) {
    shown /= 1000
    place += 1
  }
  return `${shown < 10 && place > 0 ? shown.toFixed(1) : Math.round(shown)} ${units[place]}`
}
