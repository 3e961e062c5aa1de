import type { SessionPlayer, SessionView } from "../view"
import { isDone, wayThrough } from "./tv-phase-words"

/** The people a session waits for. Nobody waits for AI players, nor for whoever left: the house plays their seats [QF-S6] [QF-S12]. */
export function awaitedOf({ status, players }: Pick<SessionView, "status" | "players">): SessionPlayer[] {
  const people = players.filter(({ isAi, hasLeft }) => !isAi && !hasLeft)
  if (status === "OPEN") return people.filter(({ isReady, isHost }) => !isReady && !isHost)
  return people.filter((player) => !isDone(player))
}

export function stateWords({ status, phase, players, maxPlayers }: SessionView): string {
  if (status === "OPEN") return `Lobby, ${players.length} of ${maxPlayers}`
  const step = wayThrough.findIndex((known) => known.phase === phase)
  return `${wayThrough[step]?.name ?? phase}, ${step + 1} of ${wayThrough.length}`
}

const mostNamed = 2

/** What the button does: "Nudge Bo and Cy". */
export function nudgeWords(awaited: readonly SessionPlayer[]): string {
  if (awaited.length > mostNamed) return `Nudge ${awaited.length} players`
  return `Nudge ${awaited.map(({ name }) => name).join(" and ")}`
}

/** What happens next by itself, and what would help. */
export function hintWords(session: SessionView): string {
  const { status, players, minPlayers, pace } = session
  if (status === "OPEN") return lobbyHint(session, players.find(({ isHost }) => isHost)?.name ?? "the host", minPlayers - players.length)
  const done = players.filter(isDone).length
  const end = pace === "OFF" ? "There is no clock: it goes on when everybody is done, or when you skip." : "It goes on when everybody is done, and at 0:00."
  return `${done} of ${players.length} are done. ${end}`
}

function lobbyHint({ players, minPlayers }: SessionView, hostName: string, missing: number): string {
  if (missing > 0) return `${missing} more ${missing === 1 ? "is" : "are"} needed; ${hostName} can add AI players.`
  const ready = players.filter(({ isReady, isHost }) => isReady || isHost).length
  if (ready < minPlayers) return `${ready} ${ready === 1 ? "is" : "are"} ready, ${minPlayers} have to be. Then ${hostName} starts it.`
  return `Enough are ready: ${hostName} can start it.`
}
