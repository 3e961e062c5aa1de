import { setTimeout as delay } from "node:timers/promises"

const CAP_MS = 8_000
// One part that hangs must not keep the database from being stopped properly.
const STEP_MS = 2_000
// npm hands Ctrl-C on to a process that the terminal has told already: one press, two signals.
const SAME_PRESS_MS = 300
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const

type Step = () => Promise<unknown> | unknown

/** What has to be closed, in the order of closing. A part that was never opened is skipped; one that is just opening is awaited. */
const ORDER = ["pusher", "lan", "server", "app", "runtime", "database", "postgres", "claim"] as const
export type Part = (typeof ORDER)[number]

export type Shutdown = {
  /** Says how a part is closed, as soon as there is something to close. */
  add(part: Part, close: Step): void
  /** Closes everything once, however often it is called, and ends the process. */
  stop(exitCode: number): Promise<void>
  readonly isStopping: boolean
}

export type ShutdownOptions = {
  readonly exit: (code: number) => void
  readonly onTrouble: (part: string, error: unknown) => void
  /** Longest wait for everything. Default 8 000. */
  readonly capMs?: number
  /** Longest wait for one part other than the database. Default 2 000. */
  readonly stepMs?: number
}

/** One orderly end for all reasons: screens are told to come back, requests end, data is written, the database stops. */
export function createShutdown({ exit, onTrouble, capMs = CAP_MS, stepMs = STEP_MS }: ShutdownOptions): Shutdown {
  const parts = new Map<Part, Step>()
  let stopping: Promise<void> | undefined

  async function closeAll(exitCode: number): Promise<void> {
    const cap = setTimeout(() => {
      onTrouble("cap", new Error(`not closed within ${capMs} ms`))
      exit(exitCode || 1)
    }, capMs)
    for (const part of ORDER) {
      try {
        const closed = parts.get(part)?.()
        await (part === "postgres" ? closed : inTime(part, closed, stepMs))
      } catch (error) {
        onTrouble(part, error)
      }
    }
    clearTimeout(cap)
    exit(exitCode)
  }

  return {
    add: (part, close) => void parts.set(part, close),
    stop: (exitCode) => (stopping ??= closeAll(exitCode)),
    get isStopping() {
      return stopping !== undefined
    },
  }
}

async function inTime(part: Part, closed: unknown, stepMs: number): Promise<void> {
  const late = new AbortController()
  const limit = delay(stepMs, undefined, { signal: late.signal }).then(() => {
    throw new Error(`${part} did not close within ${stepMs} ms`)
  })
  // Rejects without a listener when the part was in time.
  limit.catch(() => undefined)
  try {
    await Promise.race([closed, limit])
  } finally {
    late.abort()
  }
}

/** Ctrl-C, `kill` and a closed terminal end the party in order; a second Ctrl-C ends it at once. `now` is in ms. */
export function stopOnSignals(
  shutdown: Shutdown,
  { exit, now, onStop, source = process }: { exit: (code: number) => void; now: () => number; onStop: () => void; source?: NodeJS.EventEmitter },
): void {
  let first: number | undefined
  for (const signal of SIGNALS) {
    source.on(signal, () => {
      if (first === undefined) {
        first = now()
        onStop()
        void shutdown.stop(0)
      } else if (now() - first > SAME_PRESS_MS) exit(1)
    })
  }
}
