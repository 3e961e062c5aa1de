import { isSessionOver } from "../session-over"
import type { SessionPlayer, SessionView } from "../view"

/** This guest's seat in a session, also one that was left; null for whoever only looks on. */
export function playerOf({ players }: Pick<SessionView, "players">, guestId: string): SessionPlayer | null {
  return players.find((player) => player.guestId === guestId) ?? null
}

/** The one living session this guest sits in [QF-S17], else one that was left while it runs; null without either. */
export function ownSession(sessions: readonly SessionView[], guestId: string): SessionView | null {
  const living = sessions.filter((session) => !isSessionOver(session) && playerOf(session, guestId) !== null)
  return living.find((session) => !playerOf(session, guestId)?.hasLeft) ?? living[0] ?? null
}

/** Who has not played all they were dealt in this phase. */
export function missingPlayers({ players }: Pick<SessionView, "players">): SessionPlayer[] {
  return players.filter(({ dealt, done }) => done < dealt)
}

/** How many more must be ready for a start; the host is ready by starting [QF-S2]. */
export function missingReady({ players, minPlayers }: Pick<SessionView, "players" | "minPlayers">): number {
  return Math.max(0, minPlayers - players.filter(({ isReady, isHost }) => isReady || isHost).length)
}

/** Whether the session waits for this guest: to get ready, to start it, to play. */
export function waitsForPlayer(session: SessionView | null, guestId: string): boolean {
  const own = session && playerOf(session, guestId)
  if (!own) return false
  if (session.status === "OPEN") return own.isHost ? missingReady(session) === 0 : !own.isReady
  return session.status === "IN_PROGRESS" && !own.hasLeft && own.done < own.dealt
}

/** The phone's page for a session as it is now. */
export function sessionPath({ sessionId, status }: Pick<SessionView, "sessionId" | "status">): string {
  return `/party/${sessionPages[status]}/${sessionId}`
}

const sessionPages = { OPEN: "lobby", IN_PROGRESS: "play", COMPLETED: "results", ABANDONED: "play" } as const
