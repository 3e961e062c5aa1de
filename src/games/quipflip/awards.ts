/** What the awards look at: the player's own phrases and votes, none the house played for them [QF-S15]. */
export type Achievements = {
  readonly playerId: string
  /** Votes others cast for this player's originals. */
  readonly originalVotes: number
  /** Votes others cast for this player's copies. */
  readonly copyVotes: number
  readonly votesCast: number
  readonly votesRight: number
}

/** Who holds each award; several share it, and nobody holds one that was not earned [QF-S15]. */
export type Awards = {
  readonly bestWriterIds: readonly string[]
  readonly topImpostorIds: readonly string[]
  readonly sharpestVoterIds: readonly string[]
}

/** The awards of a session [QF-S15]. */
export function awardsOf(players: readonly Achievements[]): Awards {
  return {
    bestWriterIds: holders(players, ({ originalVotes }) => originalVotes, (one, other) => one.originalVotes - other.originalVotes),
    topImpostorIds: holders(players, ({ copyVotes }) => copyVotes, (one, other) => one.copyVotes - other.copyVotes),
    sharpestVoterIds: holders(players, ({ votesRight }) => votesRight, bySharpness),
  }
}

/** By the share of right votes, compared as a fraction without rounding; then by their number. */
function bySharpness(one: Achievements, other: Achievements): number {
  return one.votesRight * other.votesCast - other.votesRight * one.votesCast || one.votesRight - other.votesRight
}

type Compare = (one: Achievements, other: Achievements) => number

function holders(players: readonly Achievements[], earned: (player: Achievements) => number, compare: Compare): string[] {
  const candidates = players.filter((player) => earned(player) > 0)
  return candidates.filter((one) => candidates.every((other) => compare(one, other) >= 0)).map(({ playerId }) => playerId)
}
