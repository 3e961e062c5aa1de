/** What a test has opened, so that nothing of it is left behind when the next thing does not open. */
export type OpenedThings = {
  /** Remembers how to close what is being opened. @returns it, when it is open. */
  open<T>(opening: Promise<T>, close: (thing: T) => unknown): Promise<T>
  /** Closes everything, the last first. Throws the first error when all the rest is closed. */
  closeAll(): Promise<void>
}

export function createOpenedThings(): OpenedThings {
  const things: { isPending: boolean; close(): Promise<unknown> }[] = []

  return {
    open(opening, close) {
      const thing = { isPending: true, close: async () => void (await opening.then(close, () => undefined)) }
      const settle = () => {
        thing.isPending = false
      }
      opening.then(settle, settle)
      things.unshift(thing)
      return opening
    },
    async closeAll() {
      const outcomes: Promise<{ readonly error: unknown } | null>[] = []
      for (const { isPending, close } of things) {
        const outcome = close().then(
          () => null,
          (error: unknown) => ({ error }),
        )
        outcomes.push(outcome)
        // What still opens, because a hook ran out of time, may go on for as long as what it stands on is there.
        if (!isPending) await outcome
      }
      for (const broken of await Promise.all(outcomes)) if (broken) throw broken.error
    },
  }
}
