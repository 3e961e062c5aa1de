import type { SessionView } from "@/games/quipflip/view"
import { type Candidate, newest, type Programme, resultShownMs, shortResultMs, type Watched } from "./candidate"
import { isSessionRunning, isSomethingPlayed } from "./played-now"

/** A lobby in which nothing happens is on so long, in ms. */
export const lobbyShownMs = 600_000
/** Taken for the length of a telling whose results are not there yet, in ms. */
const unknownTellingMs = 30_000

/** When the results of a session are told. Ms. */
type Telling = { readonly session: SessionView; readonly fromMs: number; readonly untilMs: number }

/** What Quipflip would show: results that are told, else whichever session made the last step. */
export function sessionsOn(watched: Watched): Candidate | null {
  const { night, nowMs } = watched
  const tellings = tellingsOf(watched)
  const told = tellings.find(({ untilMs }) => nowMs < untilMs)
  if (told) return { ...resultCandidate(told), dramaSinceMs: told.fromMs }
  const isOther = isSomethingPlayed(night)
  const shownMs = isOther ? shortResultMs : resultShownMs
  return newest([
    ...night.sessions.filter(isSessionRunning).map(phaseCandidate),
    ...tellings.filter(({ untilMs }) => nowMs - untilMs < shownMs).map(resultCandidate),
    // A lobby takes the TV from nobody who plays.
    ...(isOther ? [] : lobbyCandidates(watched)),
  ])
}

/** What the host sees who pinned Quipflip. */
export function pinnedSession(watched: Watched): Programme {
  const on = sessionsOn(watched)
  if (on) return on.programme
  const open = newest(watched.night.sessions.filter(({ status }) => status === "OPEN").map((session) => lobbyCandidate(session, watched)))
  const last = tellingsOf(watched).at(-1)
  return (open ?? (last && resultCandidate(last)))?.programme ?? { kind: "invitation" }
}

/** When the session that was being told at `atMs` had been told; null without one. */
export function toldUntilMs(watched: Watched, atMs: number): number | null {
  return tellingsOf(watched).find(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs)?.untilMs ?? null
}

/** One after the other: who waits for the results of a second session sees them from the start. */
function tellingsOf({ night, tellingMsOf }: Watched): Telling[] {
  const over = night.sessions
    .flatMap((session) => (session.status === "COMPLETED" && session.completedAt ? [{ session, atMs: Date.parse(session.completedAt) }] : []))
    .toSorted((a, b) => a.atMs - b.atMs)
  let freeMs = -Infinity
  return over.map(({ session, atMs }) => {
    const fromMs = Math.max(atMs, freeMs)
    freeMs = fromMs + (tellingMsOf(session.sessionId) ?? unknownTellingMs)
    return { session, fromMs, untilMs: freeMs }
  })
}

function resultCandidate({ session, fromMs }: Telling): Candidate {
  return { programme: { kind: "quipflip", session, toldFromMs: fromMs }, stepMs: fromMs, dramaSinceMs: null }
}

function phaseCandidate(session: SessionView): Candidate {
  const { phaseStartedAt, startedAt, createdAt } = session
  return { programme: { kind: "quipflip", session, toldFromMs: null }, stepMs: Date.parse(phaseStartedAt ?? startedAt ?? createdAt), dramaSinceMs: null }
}

function lobbyCandidates(watched: Watched): Candidate[] {
  const open = watched.night.sessions.filter(({ status }) => status === "OPEN").map((session) => lobbyCandidate(session, watched))
  return open.filter(({ stepMs }) => watched.nowMs - stepMs < lobbyShownMs)
}

/** Whoever comes or goes is a step of a lobby. */
function lobbyCandidate(session: SessionView, { sight }: Watched): Candidate {
  const seenMs = sight.lobbyAtMs.get(session.sessionId) ?? 0
  return { programme: { kind: "quipflip", session, toldFromMs: null }, stepMs: Math.max(seenMs, Date.parse(session.createdAt)), dramaSinceMs: null }
}
