import type { RoundPlayer, RoundView } from "../view"

type Players = Pick<RoundView, "players">

/** Who plays and has not left, in the order round the table. */
export function presentPlayers({ players }: Players): RoundPlayer[] {
  return players.filter(({ hasLeft }) => !hasLeft)
}

/** This guest's own part in the round, null for whoever only watches or has left. */
export function ownPart(round: Players, guestId: string): RoundPlayer | null {
  return presentPlayers(round).find((player) => player.guestId === guestId) ?? null
}
