/** Counts one socket's client events: at most `limit` within any second, not per calendar second (PSH-34). */
export class ClientEventRate {
  private readonly acceptedAtMs: number[] = []

  constructor(private readonly limit: number) {}

  /** Whether an event at `nowMs` is within the limit; if so, it is counted. A refused event costs nothing. */
  accept(nowMs: number): boolean {
    while (this.acceptedAtMs[0] !== undefined && nowMs - this.acceptedAtMs[0] >= 1000) this.acceptedAtMs.shift()
    if (this.acceptedAtMs.length >= this.limit) return false
    this.acceptedAtMs.push(nowMs)
    return true
  }
}
