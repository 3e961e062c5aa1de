/** Ends a start with one sentence for the person at the terminal: something to put right, not a bug. */
export class CannotStart extends Error {
  override readonly name = "CannotStart"
}
