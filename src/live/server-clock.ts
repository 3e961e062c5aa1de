type Sample = { readonly offsetMs: number; readonly roundTripMs: number }

/** As many measurements as are remembered: a minute or two of polls. */
const samplesKept = 8

/**
 * How far the server's clock is ahead of this device's, in ms. The measurement with the shortest round trip wins,
 * because half its round trip is all it can be wrong by.
 */
export function createServerClock() {
  let samples: Sample[] = []
  return {
    /** Device times in ms around the request; `serverTime` is ISO. */
    measure(sentAtMs: number, receivedAtMs: number, serverTime: string): void {
      const serverMs = Date.parse(serverTime)
      if (Number.isNaN(serverMs) || receivedAtMs < sentAtMs) return
      const sample = { offsetMs: serverMs - (sentAtMs + receivedAtMs) / 2, roundTripMs: receivedAtMs - sentAtMs }
      samples = [sample, ...samples].slice(0, samplesKept)
    },
    /** Null before the first measurement. */
    offsetMs(): number | null {
      const best = samples.reduce<Sample | null>((a, b) => (a && a.roundTripMs <= b.roundTripMs ? a : b), null)
      return best && Math.round(best.offsetMs)
    },
  }
}
