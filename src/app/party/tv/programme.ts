import { revoteMs, voteMs, warningAt } from "@/games/imposter/deadlines"
import { isRoundOver } from "@/games/imposter/round-over"
import type { RoundView } from "@/games/imposter/view"
import { hasEnded } from "@/games/racing/race-status"
import type { RaceView } from "@/games/racing/view"
import type { NightView } from "@/live/night-view"
import type { TvView } from "@/party/view"
import type { Sight } from "./sight"

/** What this screen is pinned to by its address, or the host pinned all screens to; null follows the night. */
export type PinnedView = TvView | null

/** What the TV shows now. */
export type Programme =
  | { readonly kind: "invitation" }
  | { readonly kind: "table" }
  | { readonly kind: "ended" }
  | { readonly kind: "races"; readonly races: readonly RaceView[]; readonly page: number; readonly pages: number }
  | { readonly kind: "result"; readonly race: RaceView }
  /** `isFresh`: the reveal happens now, in front of this screen. */
  | { readonly kind: "imposter"; readonly round: RoundView; readonly isFresh: boolean }

/** What else is on, in a strip under the programme. */
export type Beside = { readonly kind: "race"; readonly race: RaceView } | { readonly kind: "imposter"; readonly round: RoundView }

/** A result stays this long, in ms, unless the next race comes. */
export const resultShownMs = 180_000
/** Where something else goes on, or it was called off, a word is enough. */
const shortResultMs = 20_000
/** A reveal has more to read; this long, in ms, where a race goes on. */
export const shortRevealMs = 45_000
/** Nothing takes the TV from a reveal that is being told. In ms. */
export const dramaMs = 15_000
/** As many races as fit side by side; more take turns. */
const racesAtOnce = 2
export const pageMs = 12_000

type Played = Pick<NightView, "party" | "races" | "imposter">
type Timed = { readonly programme: Programme; readonly stepMs: number }

/**
 * Decides what is on: of races and the round of Imposter, whichever made the last step, for as long as it is news.
 * `nowMs` by the server's clock.
 */
export function programmeOf(night: Played, sight: Sight, { pinned, nowMs }: { pinned: PinnedView; nowMs: number }): Programme {
  if (pinned === "table") return { kind: "table" }
  if (pinned === "invite") return { kind: "invitation" }
  const round = roundOn(night, sight, nowMs)
  if (pinned === "imposter") return night.imposter ? roundShown(night.imposter, sight, nowMs) : { kind: "invitation" }
  if (pinned === "race") return pinnedRace(night, sight, nowMs)
  const races = racesOn(night, sight, nowMs)
  if (round && (!races || round.stepMs >= races.stepMs)) return round.programme
  return races?.programme ?? { kind: night.party.status === "ENDED" ? "ended" : "invitation" }
}

/** What else is on: a running round under races, a race under a round. */
export function besideOf(programme: Programme, { races, imposter }: Pick<Played, "races" | "imposter">): Beside | null {
  if (programme.kind === "imposter") {
    const race = races.find(({ status }) => status === "LIVE") ?? races.find(({ status }) => status === "OPEN_FOR_BETS")
    return race ? { kind: "race", race } : null
  }
  if (programme.kind !== "races" && programme.kind !== "result") return null
  return imposter && !isRoundOver(imposter) ? { kind: "imposter", round: imposter } : null
}

// ── Imposter ────────────────────────────────────────────────────────────────

function roundOn({ imposter, races }: Played, sight: Sight, nowMs: number): Timed | null {
  if (!imposter) return null
  const programme = roundShown(imposter, sight, nowMs)
  if (programme.isFresh) return { programme, stepMs: Infinity }
  if (!isRoundOver(imposter)) return { programme, stepMs: roundStepMs(imposter, sight) }
  const { roundOverAtMs } = sight
  if (roundOverAtMs === null || nowMs - roundOverAtMs >= revealTimeMs(imposter, races)) return null
  return { programme, stepMs: roundOverAtMs }
}

function roundShown(round: RoundView, { revealedAtMs }: Sight, nowMs: number) {
  return { kind: "imposter", round, isFresh: revealedAtMs !== null && nowMs - revealedAtMs < dramaMs } as const
}

function revealTimeMs({ reveal }: RoundView, races: readonly RaceView[]): number {
  if (reveal?.outcome === "CALLED_OFF") return shortResultMs
  return races.some(isForEverybody) ? shortRevealMs : resultShownMs
}

/** The start, the warning and each vote are steps of a round. */
function roundStepMs({ startedAt, discussionEndsAt, isWarned, vote, voteEndsAt }: RoundView, { revealedAtMs }: Sight): number {
  if (revealedAtMs !== null) return revealedAtMs
  if (voteEndsAt) return Date.parse(voteEndsAt) - (vote > 1 ? revoteMs : voteMs)
  return isWarned ? warningAt(new Date(startedAt), new Date(discussionEndsAt)).getTime() : Date.parse(startedAt)
}

// ── Races ───────────────────────────────────────────────────────────────────

function racesOn({ races, imposter }: Played, sight: Sight, nowMs: number): Timed | null {
  const running = runningOldestFirst(races)
  const isRoundRunning = imposter !== null && !isRoundOver(imposter)
  const isOther = running.length > 0 || isRoundRunning
  const fresh = endedNewestFirst(races, sight).filter((end) => nowMs - end.atMs < resultTimeMs(end, running, isOther))
  // A result is worth more than the news that another race was called off.
  const result = fresh.find(({ race }) => race.status === "FINISHED") ?? fresh[0]
  if (result) return { programme: { kind: "result", race: result.race }, stepMs: result.atMs }
  if (running.length === 0) return null
  // A race that is being prepared takes the TV from nobody who plays.
  const shown = isRoundRunning ? running.filter(isForEverybody) : running
  return { programme: pageOf(running, nowMs), stepMs: Math.max(...shown.map(({ gameId }) => sight.steppedAtMs.get(gameId) ?? 0)) }
}

function pinnedRace(night: Played, sight: Sight, nowMs: number): Programme {
  const programme = racesOn(night, sight, nowMs)?.programme
  if (programme) return programme
  const last = endedNewestFirst(night.races, sight)[0]?.race ?? night.races.find(hasEnded)
  return last ? { kind: "result", race: last } : { kind: "invitation" }
}

function isForEverybody({ status }: RaceView): boolean {
  return status === "LIVE" || status === "OPEN_FOR_BETS"
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
