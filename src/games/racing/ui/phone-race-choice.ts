import { hasEnded } from "../race-status"
import type { RaceView } from "../view"

const urgency: Record<RaceView["status"], number> = { LIVE: 0, OPEN_FOR_BETS: 1, PENDING: 2, FINISHED: 3, VOID: 3 }

/**
 * The race a phone shows: the one its guest picked while it is unfinished, else the most urgent; of equals the one this
 * guest drives in, else the newest. Once all are over it is the newest, also when it was called off: that is the news.
 * Undefined without any race. `races` are newest first.
 */
export function raceToShow(races: readonly RaceView[], pickedId: string | null, guestId: string): RaceView | undefined {
  const picked = races.find((race) => race.gameId === pickedId && !hasEnded(race))
  if (picked) return picked
  const rank = (race: RaceView) => urgency[race.status] * 2 + (hasEnded(race) || isEntered(race, guestId) ? 0 : 1)
  return races.toSorted((a, b) => rank(a) - rank(b))[0]
}

function isEntered(race: RaceView, guestId: string): boolean {
  return race.board.some(({ driverId }) => driverId === guestId)
}
