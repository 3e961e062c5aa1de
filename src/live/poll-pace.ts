/**
 * Between two questions of a screen that hears nothing: grows while nothing changes. Longer than that, and a screen would be wrong
 * for more than 5 s of what is told. ms
 */
const pauseMs = { first: 1500, growth: 1.4, most: 3500 }
/** Nobody looks at a hidden screen, and one that is shown again asks at once. ms */
const hiddenPauseMs = 10_000
/** A pause is between this share of its length and all of it, so that screens which lost their lines together ask one after another. */
const leastShare = 0.6
/** Whatever the server says, a screen asks again after so long. ms */
const mostToldMs = 15_000

type PaceOptions = {
  /** In [0, 1). */
  readonly random: () => number
  readonly isHidden: () => boolean
}

/** How often a screen asks for the night while no line brings it. */
export function createPollPace({ random, isHidden }: PaceOptions) {
  /** Questions in a row that brought nothing. */
  let quiet = 0
  let toldMs = 0
  return {
    /** Something happens: ask soon. */
    wake(): void {
      quiet = 0
    },
    /** An answer came; @param askAgainInMs what it said of the next question, 0 for nothing. */
    answered(isNews: boolean, askAgainInMs: number): void {
      quiet = isNews ? 0 : quiet + 1
      toldMs = Math.min(askAgainInMs, mostToldMs)
    },
    /** ms until the next question. */
    nextMs(): number {
      const ownMs = isHidden() ? hiddenPauseMs : Math.min(pauseMs.first * pauseMs.growth ** quiet, pauseMs.most)
      return shared(Math.max(ownMs, toldMs), random())
    },
    /** What the server said of the next question, ms. */
    toldMs: () => toldMs,
  }
}

/** Somewhere in the last part of a pause. */
export function shared(pause: number, random: number): number {
  return pause * (leastShare + (1 - leastShare) * random)
}
