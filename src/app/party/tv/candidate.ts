import type { RoundView } from "@/games/imposter/view"
import type { SessionView } from "@/games/quipflip/view"
import type { RaceView } from "@/games/racing/view"
import type { NightView } from "@/live/night-view"
import type { Sight } from "./sight"

/** What the TV shows now. */
export type Programme =
  | { readonly kind: "invitation" }
  | { readonly kind: "table" }
  | { readonly kind: "ended" }
  | { readonly kind: "races"; readonly races: readonly RaceView[]; readonly page: number; readonly pages: number }
  | { readonly kind: "result"; readonly race: RaceView }
  /** `isFresh`: the reveal happens now, in front of this screen. */
  | { readonly kind: "imposter"; readonly round: RoundView; readonly isFresh: boolean }
  /** `toldFromMs`: when the telling of its results began by the server's clock; null while it is played. */
  | { readonly kind: "quipflip"; readonly session: SessionView; readonly toldFromMs: number | null }

/** What a screen decides by. `nowMs` and all that follows from it by the server's clock. */
export type Watched = {
  readonly night: Pick<NightView, "party" | "races" | "imposter" | "sessions">
  readonly sight: Sight
  /** How long the telling of a session's results takes, in ms; null while they are not there yet. */
  readonly tellingMsOf: (sessionId: string) => number | null
  readonly nowMs: number
}

/** What a game would show. */
export type Candidate = {
  readonly programme: Programme
  /** When it made its last step. */
  readonly stepMs: number
  /** Since when it tells something nothing may take the TV from; null without such drama. */
  readonly dramaSinceMs: number | null
}

/** A result stays this long, in ms, unless the next game comes. */
export const resultShownMs = 180_000
/** Where something else goes on, or it was called off, a word is enough. */
export const shortResultMs = 20_000
/** What comes one after the other on one screen stays so long. */
export const pageMs = 12_000

/** The one that made the last step; of equals the first. */
export function newest<T extends { readonly stepMs: number }>(candidates: readonly T[]): T | null {
  return candidates.reduce<T | null>((best, one) => (best && best.stepMs >= one.stepMs ? best : one), null)
}
