import type { RaceView } from "../view"

/** The race that race control is about when nobody has chosen one: the one that is on, else the newest that was not called off. */
export function raceInHand(races: readonly RaceView[], chosenId: string | null): RaceView | null {
  const first = (...statuses: RaceView["status"][]) => races.find((race) => statuses.includes(race.status))
  return (
    races.find((race) => race.gameId === chosenId) ??
    first("LIVE") ??
    first("OPEN_FOR_BETS", "PENDING") ??
    first("FINISHED") ??
    null
  )
}

/** Who has won as the board stands, or nobody [RAC-20]. */
export function winnerOnBoard(race: RaceView): RaceView["board"][number] | null {
  const first = race.board[0]
  return first?.status === "CLASSIFIED" ? first : null
}
