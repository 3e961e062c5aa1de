/** How long a frame that was seen is remembered, ms [LAND-31]. */
const dedupWindowMs = 5_000

/** Remembers which frames came in the last five seconds, so that none counts twice. */
export class RecentFrames {
  /** In the order in which they came: the oldest are first. */
  readonly #seenAtMs = new Map<string, number>()

  /** Whether this frame is seen for the first time within the window. `nowMs` is a monotonic clock. */
  isFirst(sender: string, session: number, count: number, nowMs: number): boolean {
    this.#forget(nowMs)
    const key = `${sender} ${session} ${count}`
    if (this.#seenAtMs.has(key)) return false
    this.#seenAtMs.set(key, nowMs)
    return true
  }

  get size(): number {
    return this.#seenAtMs.size
  }

  #forget(nowMs: number) {
    for (const [key, seenAtMs] of this.#seenAtMs) {
      if (nowMs - seenAtMs < dedupWindowMs) return
      this.#seenAtMs.delete(key)
    }
  }
}
