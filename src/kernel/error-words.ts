/** What a caught value says of itself, whatever was thrown: for a log, or for the person at the machine where it was. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
