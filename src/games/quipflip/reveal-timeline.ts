import type { RevealedSet, SessionResults } from "./view"

/** How a set is told: its prompt, the three phrases, who took which for the original (if anybody voted), the original, who wrote what. */
export const setBeats = ["prompt", "phrases", "votes", "original", "writers"] as const
export type SetBeat = (typeof setBeats)[number]

/** What is told from `startsMs` (inclusive) to `endsMs`, counted from the beginning of the telling. */
export type RevealMoment = { readonly startsMs: number; readonly endsMs: number } & (
  | {
      readonly part: "set"
      /** Its place in the results. */
      readonly setIndex: number
      /** Which of the sets that are told it is, from 1, and of how many. */
      readonly number: number
      readonly count: number
      readonly beat: SetBeat
    }
  /** The ranking stands first alone, then with the awards, for as long as anybody looks. */
  | { readonly part: "ranking"; readonly hasAwards: boolean }
)

/** As long as there is time enough, in ms. */
const beatMs: Readonly<Record<SetBeat, number>> = { prompt: 2_500, phrases: 3_500, votes: 4_000, original: 2_500, writers: 4_500 }
/** Nobody in the room wrote a filler, and nobody fell for a set without votes: they are told in this share of the time. */
const fillerShare = 0.6
/** All sets together take no longer, in ms: many are told faster, and fillers only in what the players' own leave. */
export const mostSetsMs = 130_000
const podiumMs = 6_000
const awardsMs = 8_000

type Sets = Pick<SessionResults, "sets">

/** The telling of a session's results, moment by moment without a gap; the last one stays. */
export function revealPlan({ sets }: Sets): RevealMoment[] {
  const told = toldSets(sets)
  const pace = Math.min(1, mostSetsMs / lengthOf(told))
  const plan: RevealMoment[] = []
  let startsMs = 0
  for (const [index, { setIndex, beats, share }] of told.entries()) {
    for (const beat of beats) {
      const endsMs = startsMs + Math.floor(beatMs[beat] * share * pace)
      plan.push({ part: "set", setIndex, number: index + 1, count: told.length, beat, startsMs, endsMs })
      startsMs = endsMs
    }
  }
  return [
    ...plan,
    { part: "ranking", hasAwards: false, startsMs, endsMs: startsMs + podiumMs },
    { part: "ranking", hasAwards: true, startsMs: startsMs + podiumMs, endsMs: Infinity },
  ]
}

/** What is told `sinceMs` after the beginning of the telling. A clock that is a little behind sees the beginning. */
export function revealTimeline(results: Sets, sinceMs: number): RevealMoment {
  const plan = revealPlan(results)
  const moment = plan.findLast(({ startsMs }) => startsMs <= sinceMs) ?? plan[0]
  if (!moment) throw new Error("A telling has at least its ranking")
  return moment
}

/** How long the telling takes, the first look at the awards included, in ms. */
export function tellingMs(results: Sets): number {
  return (revealPlan(results).at(-1)?.startsMs ?? 0) + awardsMs
}

/** `share`: of the full time. */
type ToldSet = { readonly setIndex: number; readonly isFiller: boolean; readonly beats: readonly SetBeat[]; readonly share: number }

/**
 * All the players' own sets and as many fillers as still have time, each in their order; those that nobody could vote on come
 * last, since a match of three would begin with nothing but them.
 */
function toldSets(sets: SessionResults["sets"]): ToldSet[] {
  const all = sets.map(toldSet)
  const told = all.filter(({ isFiller }) => !isFiller)
  for (const filler of all.filter(({ isFiller }) => isFiller)) {
    if (lengthOf([...told, filler]) <= mostSetsMs) told.push(filler)
  }
  return [...told.filter(hasVotes), ...told.filter((set) => !hasVotes(set))]
}

const hasVotes = ({ beats }: ToldSet) => beats.includes("votes")

function toldSet({ isFiller, phrases }: RevealedSet, setIndex: number): ToldSet {
  // Three players have written in every set of their own: there nobody could vote.
  const isVotedOn = phrases.some(({ voters }) => voters.length > 0)
  if (!isVotedOn) return { setIndex, isFiller, beats: setBeats.filter((beat) => beat !== "votes"), share: fillerShare }
  return { setIndex, isFiller, beats: setBeats, share: isFiller ? fillerShare : 1 }
}

/** At full pace, in ms. */
function lengthOf(told: readonly ToldSet[]): number {
  return told.reduce((sum, { beats, share }) => sum + share * beats.reduce((ms, beat) => ms + beatMs[beat], 0), 0)
}
