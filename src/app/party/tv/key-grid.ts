/**
 * Where an arrow of a remote control leads from key `index` of a grid: `count` keys in rows of `columns`. Null for other
 * keys and at the edges, so that the browser's own steering goes on.
 */
export function nextGridKey(index: number, arrow: string, { columns, count }: { columns: number; count: number }): number | null {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[arrow]
  if (step === undefined) return null
  const next = index + step
  const isSideways = Math.abs(step) === 1
  if (isSideways && Math.floor(next / columns) !== Math.floor(index / columns)) return null
  if (next < 0) return null
  if (next < count) return next
  const lastRow = Math.floor((count - 1) / columns)
  return !isSideways && Math.floor(index / columns) < lastRow ? count - 1 : null
}
