/** A name for the middle of a sentence in plain text: written from right to left, it leaves the digits beside it alone. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`
}
