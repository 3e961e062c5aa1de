/** The rows of a long board that are shown at one moment. */
export type TowerPage<Row> = {
  readonly rows: readonly Row[]
  /** "4–12 of 30", null when everything is shown. */
  readonly caption: string | null
}

const pageMs = 10_000
/** However long the board: the podium never leaves the screen. */
const alwaysShown = 3

/** At most `limit` rows: all of them, or the first three and a page of the others that turns every ten seconds. */
export function towerPage<Row>(rows: readonly Row[], limit: number, nowMs: number): TowerPage<Row> {
  if (rows.length <= limit) return { rows, caption: null }
  const perPage = limit - alwaysShown
  const others = rows.slice(alwaysShown)
  const page = Math.floor(nowMs / pageMs) % Math.ceil(others.length / perPage)
  const shown = others.slice(page * perPage, (page + 1) * perPage)
  const first = alwaysShown + page * perPage + 1
  return {
    rows: [...rows.slice(0, alwaysShown), ...shown],
    caption: `${first}–${first + shown.length - 1} of ${rows.length}`,
  }
}
