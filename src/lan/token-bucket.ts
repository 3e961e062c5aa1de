/** So much a second, and so much at once. */
export type RateLimit = { perSecond: number; burst: number }

/** What is left of a limit. A value that `take` changes in place: it is touched once per datagram. */
export type TokenBucket = { left: number; filledAtMs: number }

/** Where everybody begins: the whole burst is there. `nowMs` is a monotonic clock. */
export function fullBucket(limit: RateLimit, nowMs: number): TokenBucket {
  return { left: limit.burst, filledAtMs: nowMs }
}

/** Takes `amount` if it is there. `nowMs` is a monotonic clock. */
export function take(bucket: TokenBucket, limit: RateLimit, amount: number, nowMs: number): boolean {
  const refill = (Math.max(0, nowMs - bucket.filledAtMs) * limit.perSecond) / 1000
  bucket.left = Math.min(limit.burst, bucket.left + refill)
  bucket.filledAtMs = nowMs
  if (bucket.left < amount) return false
  bucket.left -= amount
  return true
}

/** One bucket per sender. At most `mostKeys` are remembered, so that made-up senders fill no memory. */
export class KeyedBuckets {
  readonly #buckets = new Map<string, TokenBucket>()

  constructor(
    readonly limit: RateLimit,
    readonly mostKeys: number,
  ) {}

  take(key: string, nowMs: number): boolean {
    const known = this.#buckets.get(key)
    if (known) return take(known, this.limit, 1, nowMs)
    if (this.#buckets.size >= this.mostKeys) this.#forgetTheOldest()
    const bucket = fullBucket(this.limit, nowMs)
    this.#buckets.set(key, bucket)
    return take(bucket, this.limit, 1, nowMs)
  }

  #forgetTheOldest() {
    const oldest = this.#buckets.keys().next()
    if (!oldest.done) this.#buckets.delete(oldest.value)
  }
}
