/** Time in a test's hand: timers run when the test moves it on, in order, and promises settle in between. */
export function simulatedTime(startMs = Date.parse("2026-11-21T20:00:00Z")) {
  let nowMs = startMs
  let sequence = 0
  const due = new Map<number, { atMs: number; run: () => void }>()

  const set = (run: () => void, delayMs: number) => {
    const id = sequence++
    due.set(id, { atMs: nowMs + delayMs, run })
    return () => void due.delete(id)
  }

  const takeNext = (untilMs: number) => {
    const [first] = [...due].filter(([, { atMs }]) => atMs <= untilMs).sort(([a, x], [b, y]) => x.atMs - y.atMs || a - b)
    if (first) due.delete(first[0])
    return first?.[1]
  }

  return {
    set,
    nowMs: () => nowMs,
    iso: () => new Date(nowMs).toISOString(),
    /** A promise kept after this long. */
    after: (delayMs: number) => new Promise<void>((resolve) => set(resolve, delayMs)),
    /** The device sleeps: its clock goes on, its timers stand still. */
    sleep(ms: number): void {
      nowMs += ms
      for (const timer of due.values()) timer.atMs += ms
    },
    async advance(ms: number): Promise<void> {
      const untilMs = nowMs + ms
      await settled()
      for (let next = takeNext(untilMs); next; next = takeNext(untilMs)) {
        nowMs = next.atMs
        next.run()
        await settled()
      }
      nowMs = untilMs
    },
  }
}

/** Longer than any chain of promises in the code under test. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve()
}
