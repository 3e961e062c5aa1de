import { and, asc, desc, eq, isNull, sql } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"
import { partyImposterPlayers, partyImposterRounds, partyImposterVotes } from "@/db/schema/imposter"
import { parties, partyUsers } from "@/db/schema/party"
import { ok, type Result } from "@/kernel/result"
import { query } from "@/party/command"
import { nothing } from "@/party/input"
import { dueStep } from "./deadlines"
import { cardOf, roundViewOf, type Round, type RoundFacts } from "./round-view"
import type { CardView, RoundView } from "./view"

/** The party's newest round, running or over, with all that belongs to it. */
export async function newestRound(db: Db | Tx, partyId: string): Promise<RoundFacts | null> {
  const rows = await db
    .select()
    .from(partyImposterRounds)
    .where(eq(partyImposterRounds.partyId, partyId))
    .orderBy(desc(partyImposterRounds.round))
    .limit(1)
  return rows[0] ? factsOf(db, rows[0]) : null
}

export async function factsOf(db: Db | Tx, round: Round): Promise<RoundFacts> {
  const players = await db
    .select({
      roundId: partyImposterPlayers.roundId,
      userId: partyImposterPlayers.userId,
      place: partyImposterPlayers.place,
      role: partyImposterPlayers.role,
      isMisterWhite: partyImposterPlayers.isMisterWhite,
      calledVoteAt: partyImposterPlayers.calledVoteAt,
      leftAt: partyImposterPlayers.leftAt,
      coins: partyImposterPlayers.coins,
      isKicked: sql<boolean>`${partyUsers.kickedAt} is not null`,
    })
    .from(partyImposterPlayers)
    .innerJoin(partyUsers, eq(partyUsers.id, partyImposterPlayers.userId))
    .where(eq(partyImposterPlayers.roundId, round.id))
    .orderBy(asc(partyImposterPlayers.place))
  if (round.vote === 0) return { round, players, votes: [] }
  const votes = await db
    .select({ voterId: partyImposterVotes.voterId, targetId: partyImposterVotes.targetId })
    .from(partyImposterVotes)
    .where(and(eq(partyImposterVotes.roundId, round.id), eq(partyImposterVotes.vote, round.vote)))
    .orderBy(asc(partyImposterVotes.castAt), asc(partyImposterVotes.voterId))
  return { round, players, votes }
}

export type OwnRound = { round: RoundView | null; card: CardView | null; isImposter: boolean; word: string | null; version: number }

/** The newest round with the asking guest's own card, and nobody else's [IMP-4]. */
export const activeImposterRound = query({
  name: "activeImposterRound",
  who: "guest",
  input: nothing,
  async run({ db, party, actor }): Promise<Result<OwnRound, never>> {
    const facts = await newestRound(db, party.id)
    const card = facts && cardOf(facts, actor.guest.id)
    return ok({
      round: facts && roundViewOf(facts),
      card,
      isImposter: card?.isImposter ?? false,
      word: card?.word ?? null,
      version: party.version,
    })
  },
})

/** Parties with a round whose clock has run down, with a player who was kicked, or that are over [IMP-13] [IMP-18]. */
export async function partiesWithDueRounds(db: Db, now: Date): Promise<string[]> {
  const unfinished = await db
    .select({
      round: partyImposterRounds,
      partyStatus: parties.status,
      hasKicked: sql<boolean>`exists (
        select 1 from party_imposter_players p join party_users u on u.id = p.user_id
        where p.round_id = party_imposter_rounds.id and p.left_at is null and u.kicked_at is not null)`,
    })
    .from(partyImposterRounds)
    .innerJoin(parties, eq(parties.id, partyImposterRounds.partyId))
    .where(isNull(partyImposterRounds.endedAt))
  return unfinished
    .filter(({ round, hasKicked, partyStatus }) => hasKicked || partyStatus === "ENDED" || dueStep(round, now) !== null)
    .map(({ round }) => round.partyId)
}
