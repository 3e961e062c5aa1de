import { revoteMs, voteMs, warningAt } from "@/games/imposter/deadlines"
import { isRoundOver } from "@/games/imposter/round-over"
import type { RoundView } from "@/games/imposter/view"
import { type Candidate, resultShownMs, shortResultMs, type Watched } from "./candidate"
import { isForEverybody, isSessionRunning } from "./played-now"
import type { Sight } from "./sight"

/** A reveal has more to read than a result; this long, in ms, where something else goes on. */
export const shortRevealMs = 45_000
/** So long is a fresh reveal told, in ms. */
export const dramaMs = 15_000

/** What Imposter would show: its round, and for a while how it ended. */
export function roundOn({ night, sight, nowMs }: Watched): Candidate | null {
  const { imposter } = night
  if (!imposter) return null
  const programme = roundShown(imposter, sight, nowMs)
  const { revealedAtMs, roundOverAtMs } = sight
  if (programme.isFresh && revealedAtMs !== null) return { programme, stepMs: revealedAtMs, dramaSinceMs: revealedAtMs }
  if (!isRoundOver(imposter)) return { programme, stepMs: roundStepMs(imposter, sight), dramaSinceMs: null }
  if (roundOverAtMs === null || nowMs - roundOverAtMs >= revealTimeMs(imposter, night)) return null
  return { programme, stepMs: roundOverAtMs, dramaSinceMs: null }
}

export function roundShown(round: RoundView, { revealedAtMs }: Sight, nowMs: number) {
  return { kind: "imposter", round, isFresh: revealedAtMs !== null && nowMs - revealedAtMs < dramaMs } as const
}

function revealTimeMs({ reveal }: RoundView, { races, sessions }: Watched["night"]): number {
  if (reveal?.outcome === "CALLED_OFF") return shortResultMs
  return races.some(isForEverybody) || sessions.some(isSessionRunning) ? shortRevealMs : resultShownMs
}

/** The start, the warning and each vote are steps of a round. */
function roundStepMs({ startedAt, discussionEndsAt, isWarned, vote, voteEndsAt }: RoundView, { revealedAtMs }: Sight): number {
  if (revealedAtMs !== null) return revealedAtMs
  if (voteEndsAt) return Date.parse(voteEndsAt) - (vote > 1 ? revoteMs : voteMs)
  return isWarned ? warningAt(new Date(startedAt), new Date(discussionEndsAt)).getTime() : Date.parse(startedAt)
}
