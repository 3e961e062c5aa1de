/** The database did not do its part in time; whatever had begun is rolled back. */
export class DatabaseTooSlow extends Error {
  override readonly name = "DatabaseTooSlow"
}

/** How long one caller waits for the database. */
export type Patience = {
  /** True from the moment on at which the caller was told that it took too long: what has not begun must not begin. */
  readonly isOver: boolean
  /** Whether something that takes so many ms would come too late; never said before half of the time is over. */
  isTooShortFor(ms: number): boolean
  /** Throws DatabaseTooSlow when the caller has gone: said before a commit, so that a no stays a no. */
  check(): void
  /** The work's outcome, or DatabaseTooSlow as soon as it is over. The work itself goes on until it looks. */
  wait<T>(work: Promise<T>): Promise<T>
}

/** [PTY-23] Phones give a snapshot up after as long; a database that is well answers in some ms. */
export const patienceMs = 8_000

/** Waits for work that begins now, and that looks at this patience before it commits. */
export function patiently<T>(work: (patience: Patience) => Promise<T>, limitMs = patienceMs): Promise<T> {
  const patience = createPatience(limitMs)
  return patience.wait(work(patience))
}

/** Starts waiting now. */
export function createPatience(limitMs = patienceMs): Patience {
  const began = performance.now()
  let isOver = false
  const tooSlow = () => new DatabaseTooSlow(`no answer from the database within ${limitMs} ms`)
  return {
    get isOver() {
      return isOver
    },
    isTooShortFor(ms) {
      const leftMs = limitMs - (performance.now() - began)
      return leftMs < Math.min(ms, limitMs / 2)
    },
    check() {
      if (isOver) throw tooSlow()
    },
    async wait(work) {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          isOver = true
          reject(tooSlow())
        }, limitMs)
      })
      // It may fail when nobody waits for it any more.
      work.catch(() => undefined)
      return Promise.race([work, late]).finally(() => clearTimeout(timer))
    },
  }
}
