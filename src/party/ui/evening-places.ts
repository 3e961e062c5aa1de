/** A line of the evening's table; coins, vault included. */
export type TableLine = { readonly guestId: string; readonly name: string; readonly coins: number }

/** The same with its place; guests with equally many coins share one. */
export type PlacedLine = TableLine & { readonly place: number }

/** Whether anybody is ahead: at the start of a night everybody has the same, and that is no news. */
export function hasNews(table: readonly TableLine[]): boolean {
  return table.some(({ coins }) => coins !== table[0]?.coins)
}

/**
 * The table with places, most coins first. `own` is what the purse of this phone says: it is newer than the table, which
 * comes with the snapshots only.
 */
export function placesOf(table: readonly TableLine[], own: { id: string; coins: number } | null): PlacedLine[] {
  const current = table.map((line) => (line.guestId === own?.id ? { ...line, coins: own.coins } : line))
  const ordered = current.toSorted((a, b) => b.coins - a.coins)
  return ordered.map((line) => ({ ...line, place: 1 + ordered.findIndex(({ coins }) => coins === line.coins) }))
}
