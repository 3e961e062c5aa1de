import { hasEnded } from "@/games/racing/race-status"
import type { RaceView } from "@/games/racing/view"
import { type Candidate, pageMs, type Programme, resultShownMs, shortResultMs, type Watched } from "./candidate"
import { isForEverybody, isRoundRunning, isSessionRunning } from "./played-now"
import { toldUntilMs } from "./sessions-on"
import type { Sight } from "./sight"

/** As many races as fit side by side; more take turns. */
const racesAtOnce = 2

/** What racing would show: a fresh result, else what runs. */
export function racesOn(watched: Watched): Candidate | null {
  const { night, sight, nowMs } = watched
  const running = runningOldestFirst(night.races)
  const isElsewhere = isRoundRunning(night.imposter) || night.sessions.some(isSessionRunning)
  const fresh = endedNewestFirst(night.races, sight).filter((end) => {
    // What ended while a session was told is news only when everybody can see it.
    const seenFromMs = toldUntilMs(watched, end.atMs) ?? end.atMs
    return nowMs - seenFromMs < resultTimeMs(end, running, running.length > 0 || isElsewhere)
  })
  // A result is worth more than the news that another race was called off.
  const result = fresh.find(({ race }) => race.status === "FINISHED") ?? fresh[0]
  if (result) return { programme: { kind: "result", race: result.race }, stepMs: result.atMs, dramaSinceMs: null }
  if (running.length === 0) return null
  // A race that is being prepared takes the TV from nobody who plays.
  const shown = isElsewhere ? running.filter(isForEverybody) : running
  const stepMs = Math.max(...shown.map(({ gameId }) => sight.steppedAtMs.get(gameId) ?? 0))
  return { programme: pageOf(running, nowMs), stepMs, dramaSinceMs: null }
}

/** What the host sees who pinned the race. */
export function pinnedRace(watched: Watched): Programme {
  const programme = racesOn(watched)?.programme
  if (programme) return programme
  const { races } = watched.night
  const last = endedNewestFirst(races, watched.sight)[0]?.race ?? races.find(hasEnded)
  return last ? { kind: "result", race: last } : { kind: "invitation" }
}

function runningOldestFirst(races: readonly RaceView[]): RaceView[] {
  return races.filter((race) => !hasEnded(race)).toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
}

type RaceEnd = { readonly race: RaceView; readonly atMs: number }

function resultTimeMs({ race, atMs }: RaceEnd, running: readonly RaceView[], isOther: boolean): number {
  if (running.some(({ createdAt }) => Date.parse(createdAt) >= atMs)) return 0
  return isOther || race.status === "VOID" ? shortResultMs : resultShownMs
}

function pageOf(running: readonly RaceView[], nowMs: number): Programme {
  const pages = Math.ceil(running.length / racesAtOnce)
  const page = Math.floor(nowMs / pageMs) % pages
  return { kind: "races", races: running.slice(page * racesAtOnce, (page + 1) * racesAtOnce), page, pages }
}

function endedNewestFirst(races: readonly RaceView[], { endedAtMs }: Sight): RaceEnd[] {
  const ended = races.flatMap((race) => {
    const atMs = hasEnded(race) ? endedAtMs.get(race.gameId) : undefined
    return atMs === undefined ? [] : [{ race, atMs }]
  })
  return ended.toSorted((a, b) => b.atMs - a.atMs)
}
