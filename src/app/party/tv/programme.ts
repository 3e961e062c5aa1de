import { hasEnded } from "@/games/racing/race-status"
import type { RaceView } from "@/games/racing/view"
import type { NightView } from "@/live/night-view"

/** What the host pinned with `?view=`; null follows the night. */
export type PinnedView = "invite" | "race" | "table" | null

/** What the TV shows now. */
export type Programme =
  | { readonly kind: "invitation" }
  | { readonly kind: "table" }
  | { readonly kind: "ended" }
  | { readonly kind: "races"; readonly races: readonly RaceView[]; readonly page: number; readonly pages: number }
  | { readonly kind: "result"; readonly race: RaceView }

/** When races ended, as far as this screen knows. Ms by the server's clock. */
export type RaceEnds = {
  readonly races: readonly RaceView[]
  readonly endedAtMs: ReadonlyMap<string, number>
}

/** A result stays this long, in ms, unless the next race comes. */
export const resultShownMs = 180_000
/** Where other races go on, or a race was called off, a word is enough. */
const shortResultMs = 20_000
/** As many races as fit side by side; more take turns. */
const racesAtOnce = 2
export const pageMs = 12_000

/** What a screen knows that was just switched on: a race ended about when its last lap was set. */
export function firstSight(races: readonly RaceView[]): RaceEnds {
  return { races, endedAtMs: new Map(races.flatMap((race) => lastLapEntry(race))) }
}

/** The same after the races changed. A race that was seen running ended now; a correction that makes another winner is news. */
export function nextSight(before: RaceEnds, races: readonly RaceView[], nowMs: number): RaceEnds {
  const endedAtMs = new Map(before.endedAtMs)
  for (const race of races) {
    if (!hasEnded(race)) continue
    if (endedAtMs.has(race.gameId)) {
      if (hasOtherWinner(before.races, race)) endedAtMs.set(race.gameId, nowMs)
      continue
    }
    const wasRunning = before.races.some(({ gameId, status }) => gameId === race.gameId && status !== race.status)
    const entries: [string, number][] = wasRunning ? [[race.gameId, nowMs]] : lastLapEntry(race)
    for (const [gameId, atMs] of entries) endedAtMs.set(gameId, atMs)
  }
  return { races, endedAtMs }
}

function hasOtherWinner(before: readonly RaceView[], race: RaceView): boolean {
  const seen = before.find(({ gameId }) => gameId === race.gameId)
  if (seen?.status !== "FINISHED" || race.status !== "FINISHED") return false
  return seen.board[0]?.driverId !== race.board[0]?.driverId
}

/** Decides what is on. `nowMs` by the server's clock. */
export function programmeOf(
  { party, races }: Pick<NightView, "party" | "races">,
  { endedAtMs }: RaceEnds,
  { pinned, nowMs }: { pinned: PinnedView; nowMs: number },
): Programme {
  if (pinned === "table") return { kind: "table" }
  if (pinned === "invite") return { kind: "invitation" }
  const running = races.filter((race) => !hasEnded(race)).toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
  const ended = endedNewestFirst(races, endedAtMs)
  if (pinned === "race" && running.length === 0) {
    const shown = ended[0]?.race ?? races.find(hasEnded)
    return shown ? { kind: "result", race: shown } : { kind: "invitation" }
  }
  const fresh = ended.filter((end) => nowMs - end.atMs < resultTimeMs(end, running))
  // A result is worth more than the news that another race was called off.
  const result = fresh.find(({ race }) => race.status === "FINISHED") ?? fresh[0]
  if (result) return { kind: "result", race: result.race }
  if (running.length > 0) return pageOf(running, nowMs)
  return { kind: party.status === "ENDED" ? "ended" : "invitation" }
}

function resultTimeMs({ race, atMs }: RaceEnd, running: readonly RaceView[]): number {
  if (running.some(({ createdAt }) => Date.parse(createdAt) >= atMs)) return 0
  return running.length > 0 || race.status === "VOID" ? shortResultMs : resultShownMs
}

function pageOf(running: readonly RaceView[], nowMs: number): Programme {
  const pages = Math.ceil(running.length / racesAtOnce)
  const page = Math.floor(nowMs / pageMs) % pages
  return { kind: "races", races: running.slice(page * racesAtOnce, (page + 1) * racesAtOnce), page, pages }
}

type RaceEnd = { readonly race: RaceView; readonly atMs: number }

function endedNewestFirst(races: readonly RaceView[], endedAtMs: ReadonlyMap<string, number>): RaceEnd[] {
  const ended = races.flatMap((race) => {
    const atMs = hasEnded(race) ? endedAtMs.get(race.gameId) : undefined
    return atMs === undefined ? [] : [{ race, atMs }]
  })
  return ended.toSorted((a, b) => b.atMs - a.atMs)
}

function lastLapEntry(race: RaceView): [string, number][] {
  const lap = race.recentLaps[0]
  return race.status === "FINISHED" && lap ? [[race.gameId, Date.parse(lap.setAt)]] : []
}
