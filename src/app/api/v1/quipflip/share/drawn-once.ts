import type { SessionResults } from "@/games/quipflip/view"

type Draw = (partyName: string, results: SessionResults) => Promise<ArrayBuffer>

/** As many pictures are kept as sessions that are over are shown. */
const mostKept = 4

/**
 * Draws a session once for all who ask: results never change, every phone of a match asks in the same second, and
 * drawing takes the processor for a third of a second. What failed is drawn again.
 */
export function drawnOnce(draw: Draw): Draw {
  const kept = new Map<string, Promise<ArrayBuffer>>()
  return (partyName, results) => {
    const key = `${results.sessionId} ${partyName}`
    const known = kept.get(key)
    if (known) return known
    const drawing = draw(partyName, results)
    kept.set(key, drawing)
    drawing.catch(() => kept.delete(key))
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return drawing
  }
}
