import { and, eq, isNull, sql } from "drizzle-orm"
import type { Tx } from "@/db/client"
import { partyGames } from "@/db/schema/games"
import { partyImposterPlayers, partyImposterRounds } from "@/db/schema/imposter"
import { one } from "@/kernel/assert"
import type { Party } from "@/party/actor"
import { partyEvents } from "@/party/events"
import type { Announcement } from "@/realtime/event"
import { house, walletOf } from "@/wallet/accounts"
import { repayDebts, transfer } from "@/wallet/steps"
import { guessMs, later, revoteMs, voteMs } from "./deadlines"
import { imposterEvents } from "./events"
import { factsOf } from "./queries"
import { fewestPlayers } from "./roles"
import { inBrief } from "./round-in-brief"
import { imposterIdsOf, presentIdsOf, roundViewOf, type Round, type RoundFacts } from "./round-view"
import { guessCoins, paymentsFor, type Payment } from "./scores"
import type { RoundView } from "./view"
import { callsNeeded, candidatesOf, countVotes, isVoteComplete } from "./voting"

/** What an Imposter command works with. */
export type Table = { tx: Tx; party: Party; now: Date; emit(announcement: Announcement): void }

/** The party's Imposter of tonight: its rounds belong to one game. */
export async function imposterGame({ tx, party, now }: Table): Promise<string> {
  const rows = await tx
    .select({ id: partyGames.id })
    .from(partyGames)
    .where(and(eq(partyGames.partyId, party.id), eq(partyGames.type, "IMPOSTER"), eq(partyGames.status, "LIVE")))
  if (rows[0]) return rows[0].id
  const values = { partyId: party.id, title: "Imposter", type: "IMPOSTER" as const, status: "LIVE" as const, startTime: now, createdAt: now }
  return one(await tx.insert(partyGames).values(values).returning({ id: partyGames.id })).id
}

/** Ends the discussion [IMP-8] [IMP-9]. */
export async function openVote(table: Table, { round }: RoundFacts): Promise<RoundView> {
  const voteEndsAt = later(table.now, voteMs)
  return announce(table, await change(table, round, { status: "VOTING", vote: 1, voteEndsAt }))
}

/** Counts the votes that are there: somebody is out, a tie is voted on once more, a second tie lets the imposters go [IMP-11] [IMP-12]. */
export async function closeVote(table: Table, facts: RoundFacts): Promise<RoundView> {
  const { round, votes } = facts
  // Somebody may have been kicked a moment ago.
  if (!canGoOn(facts)) return callOff(table, facts)
  const presentIds = presentIdsOf(facts)
  const count = countVotes(votes, presentIds, candidatesOf(presentIds, round.tiedIds))
  if ("outId" in count) return reveal(table, facts, count.outId)
  if (round.vote > 1) return reveal(table, facts, null)
  const voteEndsAt = later(table.now, revoteMs)
  return announce(table, await change(table, round, { vote: 2, voteEndsAt, tiedIds: [...count.tiedIds] }))
}

async function reveal(table: Table, facts: RoundFacts, outId: string | null): Promise<RoundView> {
  const imposterIds = imposterIdsOf(facts)
  const isCaught = outId !== null && imposterIds.includes(outId)
  await pay(table, facts.round, paymentsFor({ presentIds: presentIdsOf(facts), imposterIds, outId, votes: facts.votes }), "vote")
  const round = await change(table, facts.round, {
    status: "REVEALED",
    outcome: isCaught ? "CAUGHT" : "ESCAPED",
    outId,
    ...(isCaught ? { guessEndsAt: later(table.now, guessMs) } : { endedAt: table.now }),
  })
  return announceReveal(table, round)
}

/** Calls the round off: nobody gets coins [IMP-13]. */
export async function callOff(table: Table, { round }: RoundFacts): Promise<RoundView> {
  return announceReveal(table, await change(table, round, { status: "REVEALED", outcome: "CALLED_OFF", endedAt: table.now }))
}

/** Ends the caught imposter's chance to guess; null when none was taken [IMP-16]. */
export async function endGuess(
  table: Table,
  { round }: RoundFacts,
  guess: { text: string; isRight: boolean } | null,
): Promise<RoundView> {
  if (guess?.isRight && round.outId) await pay(table, round, [{ guestId: round.outId, coins: guessCoins }], "guess")
  const taken = guess ? { guess: guess.text, isGuessRight: guess.isRight } : {}
  return announce(table, await change(table, round, { ...taken, endedAt: table.now }))
}

/** What a leaver, a kick or a call for the vote brings about: the round goes on without waiting for who is gone [IMP-9] [IMP-13]. */
export async function goOn(table: Table, facts: RoundFacts): Promise<RoundView> {
  const { round, players, votes } = facts
  const presentIds = presentIdsOf(facts)
  if (round.status === "REVEALED") {
    return round.outId && !presentIds.includes(round.outId) ? endGuess(table, facts, null) : announce(table, round)
  }
  if (!canGoOn(facts)) return callOff(table, facts)
  if (round.status === "VOTING") {
    const isComplete = isVoteComplete(votes, presentIds, candidatesOf(presentIds, round.tiedIds))
    return isComplete ? closeVote(table, facts) : announce(table, round)
  }
  const calls = players.filter(({ userId, calledVoteAt }) => calledVoteAt !== null && presentIds.includes(userId))
  return calls.length >= callsNeeded(presentIds.length) ? openVote(table, facts) : announce(table, round)
}

/** An imposter is still there, and enough players [IMP-13]. */
function canGoOn(facts: RoundFacts): boolean {
  const presentIds = presentIdsOf(facts)
  return presentIds.length >= fewestPlayers && imposterIdsOf(facts).some((id) => presentIds.includes(id))
}

/** Notes who was kicked meanwhile as gone. @returns the round as it is then, or null when nobody was. */
export async function noteKicked({ tx, now }: Table, { round, players }: RoundFacts): Promise<RoundFacts | null> {
  const kicked = players.filter(({ isKicked, leftAt }) => isKicked && leftAt === null)
  if (kicked.length === 0) return null
  await tx
    .update(partyImposterPlayers)
    .set({ leftAt: now })
    .where(
      and(
        eq(partyImposterPlayers.roundId, round.id),
        isNull(partyImposterPlayers.leftAt),
        sql`exists (select 1 from party_users u where u.id = party_imposter_players.user_id and u.kicked_at is not null)`,
      ),
    )
  return factsOf(tx, round)
}

/** Changes the round's own row. */
export async function change({ tx }: Pick<Table, "tx">, { id }: Round, to: Partial<typeof partyImposterRounds.$inferInsert>): Promise<Round> {
  return one(await tx.update(partyImposterRounds).set(to).where(eq(partyImposterRounds.id, id)).returning())
}

/** Tells every screen what the round looks like now. */
export async function announce(table: Table, round: Round): Promise<RoundView> {
  const view = roundViewOf(await factsOf(table.tx, round))
  table.emit(imposterEvents.roundChanged.to(table.party.id, { round: inBrief(view) }))
  return view
}

async function announceReveal(table: Table, round: Round): Promise<RoundView> {
  const view = roundViewOf(await factsOf(table.tx, round))
  table.emit(imposterEvents.roundRevealed.to(table.party.id, { round: inBrief(view) }))
  return view
}

/** Coins from the house, once per player and part of the round [IMP-17]. */
async function pay({ tx, party, now, emit }: Table, round: Round, payments: readonly Payment[], part: "vote" | "guess"): Promise<void> {
  const note = `Imposter, round ${round.round}`
  const credited = await transfer(
    tx,
    party.id,
    now,
    payments.map(({ guestId, coins }) => ({
      from: house,
      to: walletOf(guestId),
      amount: coins,
      category: "prize" as const,
      cause: `imposter:${round.id}`,
      note,
      idempotencyKey: `imposter:${round.id}:${part}:${guestId}`,
    })),
  )
  const balances = await repayDebts(tx, party.id, now, credited, `${party.version}`)
  for (const { guestId, coins } of payments) {
    await tx
      .update(partyImposterPlayers)
      .set({ coins: sql`${partyImposterPlayers.coins} + ${coins}` })
      .where(and(eq(partyImposterPlayers.roundId, round.id), eq(partyImposterPlayers.userId, guestId)))
    const paid = credited.find((each) => each.guestId === guestId)
    const left = balances.find((each) => each.guestId === guestId)
    if (!paid || !left) continue
    const { walletBalance } = left
    emit(partyEvents.walletChanged.to(guestId, { walletBalance, delta: coins - (paid.walletBalance - walletBalance), reason: note }))
  }
}
