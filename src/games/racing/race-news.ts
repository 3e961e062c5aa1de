import * as z from "zod/mini"
import { ranked } from "./ranking"
import { boardRow, raceView, type BoardRow, type RaceView } from "./view"

/**
 * A race for the way to the screens, with those rows of its board only that changed: all of them would be too long for a channel
 * from some 40 drivers on. Places and gaps follow from the times, so a screen finds them by itself [RAC-34].
 */
export const raceNews = z.extend(z.omit(raceView, { board: true }), {
  changed: z.array(z.omit(boardRow, { position: true, gapMs: true, intervalMs: true })),
  /** Drivers who are no longer in the race. */
  gone: z.array(z.string()),
  /** How many are in it now: with another number of rows a screen has missed something. */
  driverCount: z.int(),
})
export type RaceNews = z.infer<typeof raceNews>

/** What a screen that shows the board `before` has to be told. */
export function raceNewsOf(before: readonly BoardRow[], { board, ...rest }: RaceView): RaceNews {
  const known = new Map(before.map((row) => [row.driverId, contentOf(row)]))
  const now = new Set(board.map(({ driverId }) => driverId))
  return {
    ...rest,
    changed: board.map(contentOf).filter((row) => JSON.stringify(row) !== JSON.stringify(known.get(row.driverId))),
    gone: before.flatMap(({ driverId }) => (now.has(driverId) ? [] : [driverId])),
    driverCount: board.length,
  }
}

function contentOf({ position: _position, gapMs: _gap, intervalMs: _interval, ...content }: BoardRow): RaceNews["changed"][number] {
  return content
}

/** The race after the news. @param race as it is shown, if it is. @returns null when rows are missing of a race that was not shown. */
export function withRaceNews(race: RaceView | undefined, { changed, gone, driverCount, ...rest }: RaceNews): RaceView | null {
  if (!race && changed.length !== driverCount) return null
  const isReplaced = new Set([...gone, ...changed.map(({ driverId }) => driverId)])
  const kept = race?.board.filter(({ driverId }) => !isReplaced.has(driverId)) ?? []
  return { ...rest, board: ranked([...kept, ...changed]) }
}
