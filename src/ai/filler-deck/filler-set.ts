/**
 * A set ready to be voted on: a prompt, a phrase that answers it, and two rewordings of that phrase. The house writes
 * all three. Which one is the original is a secret until the set is revealed.
 */
export type FillerSet = {
  /** Unfinished: it ends in an ellipsis, and any of the three phrases finishes it. */
  readonly prompt: string
  /** In capitals, as phrases are stored; so are the copies. */
  readonly original: string
  readonly copies: readonly [string, string]
  /** May be shown at a party with a family filter. */
  readonly isFamily: boolean
}
