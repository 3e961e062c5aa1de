import type { PlayerResult, SessionResults } from "../view"

export type ToldAward = { readonly title: string; readonly why: string; readonly holders: readonly PlayerResult[] }

/** The awards somebody holds, with the reason in words [QF-S15]. */
export function toldAwards({ players, awards }: Pick<SessionResults, "players" | "awards">): ToldAward[] {
  const held = (ids: readonly string[]) => players.filter(({ participantId }) => ids.includes(participantId))
  const all: ToldAward[] = [
    award("Best Writer", held(awards.bestWriterIds), ({ originalVotes }) => `found by ${originalVotes}`),
    award("Top Impostor", held(awards.topImpostorIds), ({ copyVotes }) => `fooled ${copyVotes}`),
    award("Sharpest Voter", held(awards.sharpestVoterIds), ({ votesRight, votesCast }) => `${votesRight} of ${votesCast} right`),
  ]
  return all.filter(({ holders }) => holders.length > 0)
}

function award(title: string, holders: readonly PlayerResult[], why: (holder: PlayerResult) => string): ToldAward {
  const [first] = holders
  return { title, holders, why: first ? why(first) : "" }
}
