import { hasEnded } from "@/games/racing/race-status"
import type { RaceView } from "@/games/racing/view"
import { isRoundOver } from "@/games/imposter/round-over"
import type { RoundView } from "@/games/imposter/view"
import type { SessionView } from "@/games/quipflip/view"
import type { NightView } from "@/live/night-view"

/** What games show of themselves. */
export type Played = Pick<NightView, "races" | "imposter" | "sessions">

/** When things happened, as far as this screen knows. Ms by the server's clock. */
export type Sight = {
  readonly played: Played
  /** When races ended. */
  readonly endedAtMs: ReadonlyMap<string, number>
  /** When unfinished races made their last step. */
  readonly steppedAtMs: ReadonlyMap<string, number>
  /** When the round was revealed; null while it is not, or when nobody was looking. */
  readonly revealedAtMs: number | null
  /** When the round was over, the guess included; null while it is not. */
  readonly roundOverAtMs: number | null
  /** When somebody came to or left a lobby of Quipflip in front of this screen. Its phases tell their times themselves. */
  readonly lobbyAtMs: ReadonlyMap<string, number>
}

/** What a screen knows that was just switched on: a race ended about when its last lap was set, a round tells when it was over. */
export function firstSight(played: Played): Sight {
  const { races, imposter } = played
  return {
    played,
    endedAtMs: new Map(races.flatMap(lastLapEntry)),
    steppedAtMs: new Map(races.filter((race) => !hasEnded(race)).map(createdEntry)),
    revealedAtMs: null,
    roundOverAtMs: imposter ? endOf(imposter) : null,
    lobbyAtMs: new Map(),
  }
}

/** The same after something that is played changed. What was seen running and is not any more ended now; a correction that makes another winner is news. */
export function nextSight(before: Sight, played: Played, nowMs: number): Sight {
  return {
    played,
    endedAtMs: nextEnds(before, played.races, nowMs),
    steppedAtMs: new Map(played.races.filter((race) => !hasEnded(race)).map((race) => stepEntry(before, race, nowMs))),
    ...nextReveal(before, played.imposter, nowMs),
    lobbyAtMs: new Map(played.sessions.filter(({ status }) => status === "OPEN").flatMap((session) => lobbyEntry(before, session, nowMs))),
  }
}

function nextEnds(before: Sight, races: readonly RaceView[], nowMs: number): Map<string, number> {
  const endedAtMs = new Map(before.endedAtMs)
  for (const race of races) {
    if (!hasEnded(race)) continue
    if (endedAtMs.has(race.gameId)) {
      if (hasOtherWinner(before.played.races, race)) endedAtMs.set(race.gameId, nowMs)
      continue
    }
    const wasRunning = before.played.races.some(({ gameId, status }) => gameId === race.gameId && status !== race.status)
    const entries: [string, number][] = wasRunning ? [[race.gameId, nowMs]] : lastLapEntry(race)
    for (const [gameId, atMs] of entries) endedAtMs.set(gameId, atMs)
  }
  return endedAtMs
}

function hasOtherWinner(before: readonly RaceView[], race: RaceView): boolean {
  const seen = before.find(({ gameId }) => gameId === race.gameId)
  if (seen?.status !== "FINISHED" || race.status !== "FINISHED") return false
  return seen.board[0]?.driverId !== race.board[0]?.driverId
}

function stepEntry(before: Sight, race: RaceView, nowMs: number): [string, number] {
  const seen = before.played.races.find(({ gameId }) => gameId === race.gameId)
  if (!seen) return createdEntry(race)
  const lastStepMs = before.steppedAtMs.get(race.gameId)
  return seen.status === race.status && lastStepMs !== undefined ? [race.gameId, lastStepMs] : [race.gameId, nowMs]
}

function nextReveal(before: Sight, round: RoundView | null, nowMs: number): Pick<Sight, "revealedAtMs" | "roundOverAtMs"> {
  if (!round || round.status !== "REVEALED") return { revealedAtMs: null, roundOverAtMs: null }
  const seen = before.played.imposter
  const isSame = seen?.roundId === round.roundId
  const wasRevealed = isSame && seen.status === "REVEALED"
  const wasOver = isSame && isRoundOver(seen)
  return {
    // A reveal nobody watched coming is told at once.
    revealedAtMs: wasRevealed ? before.revealedAtMs : isSame ? nowMs : null,
    roundOverAtMs: wasOver ? before.roundOverAtMs : endOf(round),
  }
}

function lobbyEntry(before: Sight, { sessionId, players }: SessionView, nowMs: number): [string, number][] {
  const seen = before.played.sessions.find((session) => session.sessionId === sessionId)
  const lastMs = before.lobbyAtMs.get(sessionId)
  if (seen && seen.players.length !== players.length) return [[sessionId, nowMs]]
  return lastMs === undefined ? [] : [[sessionId, lastMs]]
}

function createdEntry({ gameId, createdAt }: RaceView): [string, number] {
  return [gameId, Date.parse(createdAt)]
}

function lastLapEntry(race: RaceView): [string, number][] {
  const lap = race.recentLaps[0]
  return race.status === "FINISHED" && lap ? [[race.gameId, Date.parse(lap.setAt)]] : []
}

function endOf({ reveal }: RoundView): number | null {
  return reveal?.endedAt ? Date.parse(reveal.endedAt) : null
}
