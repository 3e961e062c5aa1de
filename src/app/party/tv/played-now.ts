import { isRoundOver } from "@/games/imposter/round-over"
import type { RoundView } from "@/games/imposter/view"
import type { SessionView } from "@/games/quipflip/view"
import type { RaceView } from "@/games/racing/view"
import type { NightView } from "@/live/night-view"

/** A race everybody follows or bets on. */
export function isForEverybody({ status }: RaceView): boolean {
  return status === "LIVE" || status === "OPEN_FOR_BETS"
}

/** They talk, vote or guess. */
export function isRoundRunning(round: RoundView | null): round is RoundView {
  return round !== null && !isRoundOver(round)
}

/** They write phrases or vote on them. */
export function isSessionRunning({ status }: SessionView): boolean {
  return status === "IN_PROGRESS"
}

/** Somebody plays something now; a race that is prepared and a lobby are not played yet. */
export function isSomethingPlayed({ races, imposter, sessions }: Pick<NightView, "races" | "imposter" | "sessions">): boolean {
  return races.some(isForEverybody) || isRoundRunning(imposter) || sessions.some(isSessionRunning)
}
