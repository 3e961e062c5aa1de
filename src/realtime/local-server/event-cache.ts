import type { Frame } from "./outbound"

/** The last event of a cache channel. */
export type CachedEvent = { readonly frame: Frame; readonly data: string; readonly expiresAtMs: number }

/** Last published event per cache channel, in memory, for a limited time and a limited number of channels (PSH-28). */
export class EventCache {
  // Written in order of time and all living equally long: the first entry is always the next to expire.
  private readonly events = new Map<string, CachedEvent>()

  constructor(
    private readonly ttlMs: number,
    private readonly maxEvents: number,
  ) {}

  put(channel: string, event: { frame: Frame; data: string }, nowMs: number): void {
    this.events.delete(channel)
    this.events.set(channel, { ...event, expiresAtMs: nowMs + this.ttlMs })
    this.forgetOld(nowMs)
  }

  get(channel: string, nowMs: number): CachedEvent | null {
    const event = this.events.get(channel)
    return event && event.expiresAtMs > nowMs ? event : null
  }

  private forgetOld(nowMs: number): void {
    for (const [channel, event] of this.events) {
      if (event.expiresAtMs > nowMs && this.events.size <= this.maxEvents) return
      this.events.delete(channel)
    }
  }
}
