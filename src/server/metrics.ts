/** What one process counts about itself. Counting is adding to a number in memory: nothing waits for it. */
export type Metrics = {
  /** One command came to `outcome`: "ok", the code of a refusal, or "bug". Seconds from the door to the commit. */
  command(name: string, outcome: string, seconds: number): void
  /** One question, likewise. */
  query(name: string, outcome: string, seconds: number): void
  /** One statement was sent to Postgres. */
  statement(): void
  /** Events reached the fan-out, or did not and stay in the outbox. */
  published(events: number, isTaken: boolean): void
  /** One piece of due work came to its end. Seconds it took; `endedAtMs` since 1970. */
  work(name: string, isDone: boolean, seconds: number, endedAtMs: number): void
}

/** Metrics that can be read, in Prometheus' text format. */
export type ReadableMetrics = Metrics & {
  /** Everything counted so far, with what the database and the sockets say right now. */
  read(now: Facts): Promise<{ contentType: string; text: string }>
}

/** What is true at the moment of reading; undefined for what nobody could say. */
export type Facts = {
  readonly openParties: number | undefined
  readonly liveParties: number | undefined
  readonly unpublishedEvents: number | undefined
  readonly oldestUnpublishedSeconds: number | undefined
  readonly sockets: number | undefined
  /** Whether the database answered in time. */
  readonly isDatabaseThere: boolean
}

/** Counts nothing: for a process whose numbers nobody reads. */
export const noMetrics: Metrics = {
  command: () => undefined,
  query: () => undefined,
  statement: () => undefined,
  published: () => undefined,
  work: () => undefined,
}

/**
 * Counts from the first moment on. The library that keeps the numbers is loaded meanwhile, and only here: at home, where
 * nobody reads them, a start does not wait for it. What happens before it is there is counted when it is.
 */
export function createMetrics(): ReadableMetrics {
  const early: ((counters: Metrics) => void)[] = []
  let counters: Metrics | undefined
  const loading = import("./prometheus-metrics").then(({ createCounters }) => {
    const loaded = createCounters()
    counters = loaded
    for (const count of early.splice(0)) count(loaded)
    return loaded
  })
  // Who reads hears of it; nothing is kept for a library that does not come.
  loading.catch(() => {
    counters = noMetrics
    early.splice(0)
  })
  const count = (work: (counters: Metrics) => void) => (counters ? work(counters) : void early.push(work))
  return {
    command: (...facts) => count((to) => to.command(...facts)),
    query: (...facts) => count((to) => to.query(...facts)),
    statement: () => count((to) => to.statement()),
    published: (...facts) => count((to) => to.published(...facts)),
    work: (...facts) => count((to) => to.work(...facts)),
    async read(now) {
      const { contentType, text } = await loading
      return { contentType, text: await text(now) }
    },
  }
}
