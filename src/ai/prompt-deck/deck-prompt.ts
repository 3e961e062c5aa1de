/** An unfinished situation, ending in an ellipsis, that a phrase of two to five words finishes. */
export type DeckPrompt = {
  readonly prompt: string
  /** May be shown at a party with a family filter. */
  readonly isFamily: boolean
}
