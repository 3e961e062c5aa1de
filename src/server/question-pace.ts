/** How often one process wants to be asked for the night, a second: about half of a core. */
const mostPerSecond = 150
/** The longest pause that is asked for, ms: beyond it screens would be wrong for too long. */
const longestPauseMs = 15_000

export type QuestionPace = {
  /** Counts a question. @returns how many whole seconds the screen is to wait before the next one, 0 for as it likes. */
  asked(): number
}

/**
 * Has screens that poll ask less often while there are too many of them: each question is given the next free place in time, and
 * there are `most` of them a second. While fewer ask, the next place is always free. `nowMs` is a clock that nobody sets.
 */
export function createQuestionPace({ nowMs, most = mostPerSecond }: { nowMs: () => number; most?: number }): QuestionPace {
  let freeAtMs = nowMs()
  return {
    asked() {
      const now = nowMs()
      freeAtMs = Math.min(Math.max(freeAtMs, now) + 1000 / most, now + longestPauseMs)
      const pauseMs = freeAtMs - now
      return pauseMs <= 1000 ? 0 : Math.ceil(pauseMs / 1000)
    },
  }
}
