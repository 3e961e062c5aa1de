import type { TvView } from "@/party/view"
import { type Candidate, newest, type Programme, type Watched } from "./candidate"
import { pinnedRace, racesOn } from "./races-on"
import { roundOn, roundShown } from "./round-on"
import { pinnedSession, sessionsOn } from "./sessions-on"

/** What this screen is pinned to by its address, or the host pinned all screens to; null follows the night. */
export type PinnedView = TvView | null

/** Decides what is on: what is pinned, else of all games the one that tells something or made the last step, for as long as it is news. */
export function programmeOf(watched: Watched, pinned: PinnedView): Programme {
  switch (pinned) {
    case "table":
      return { kind: "table" }
    case "invite":
      return { kind: "invitation" }
    case "race":
      return pinnedRace(watched)
    case "imposter":
      return pinnedRound(watched)
    case "quipflip":
      return pinnedSession(watched)
    case null:
      return onBy(candidates(watched)) ?? { kind: watched.night.party.status === "ENDED" ? "ended" : "invitation" }
  }
}

function candidates(watched: Watched): Candidate[] {
  return [roundOn(watched), sessionsOn(watched), racesOn(watched)].filter((candidate) => candidate !== null)
}

/** Who began to tell something finishes; otherwise the newest step wins. */
function onBy(all: readonly Candidate[]): Programme | null {
  const [told] = all
    .flatMap(({ programme, dramaSinceMs }) => (dramaSinceMs === null ? [] : [{ programme, dramaSinceMs }]))
    .toSorted((a, b) => a.dramaSinceMs - b.dramaSinceMs)
  return (told ?? newest(all))?.programme ?? null
}

function pinnedRound({ night, sight, nowMs }: Watched): Programme {
  return night.imposter ? roundShown(night.imposter, sight, nowMs) : { kind: "invitation" }
}
