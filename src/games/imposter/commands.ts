import { and, asc, eq, isNotNull, isNull } from "drizzle-orm"
import type { Tx } from "@/db/client"
import { partyImposterPlayers, partyImposterRounds, partyImposterVotes } from "@/db/schema/imposter"
import { partyUsers } from "@/db/schema/party"
import { one } from "@/kernel/assert"
import { ok, refuse, type Result } from "@/kernel/result"
import type { Party } from "@/party/actor"
import { command } from "@/party/command"
import { passesFamilyFilter } from "@/party/family-filter"
import { nothing } from "@/party/input"
import { dueStep, later } from "./deadlines"
import { imposterEvents } from "./events"
import { guessInput, revealInput, startInput, targetInput } from "./input"
import { isRightGuess } from "./last-guess"
import { factsOf, newestRound } from "./queries"
import type { ImposterRefusal } from "./refusals"
import { drawRoles, fewestPlayers } from "./roles"
import { inBrief } from "./round-in-brief"
import { presentIdsOf, roundViewOf, type RoundFacts } from "./round-view"
import { settingsOf, settingsViewOf } from "./settings-queries"
import { stockWasUsed } from "./stock-steps"
import { announce, callOff, change, closeVote, endGuess, goOn, imposterGame, noteKicked, openVote, type Table } from "./steps"
import type { RoundView } from "./view"
import { candidatesOf } from "./voting"
import { takePair } from "./word-steps"

const mostSeed = 2 ** 31 - 1

type RoundAnswer = Promise<Result<{ round: RoundView }, ImposterRefusal>>

/** Deals the cards to everybody living, or to those picked [IMP-1] [IMP-2] [IMP-3] [IMP-6]. */
export const startImposterRound = command({
  name: "startImposterRound",
  who: "host",
  input: startInput,
  async run(context, { playerIds }): Promise<Result<{ round: RoundView; playerCount: number }, ImposterRefusal>> {
    const { tx, party, now, random, emit } = context
    if (party.status === "ENDED") return refuse("party_ended")
    const last = await newestRound(tx, party.id)
    if (last && last.round.endedAt === null) return refuse("round_running")
    const living = await livingGuests(tx, party)
    const players = playerIds ? living.filter((id) => playerIds.includes(id)) : living
    if (players.length < fewestPlayers) return refuse("too_few_players", { fewest: fewestPlayers, count: players.length })
    const settings = await settingsOf(tx, party.id)
    const pair = await takePair(context, settings)
    if (!pair) return refuse("words_used_up")
    await stockWasUsed(tx, party.id, now)

    const seed = random.int(0, mostSeed)
    const roles = drawRoles(seed, players, settings)
    const round = one(
      await tx
        .insert(partyImposterRounds)
        .values({
          partyId: party.id,
          gameId: await imposterGame(context),
          status: "ACTIVE",
          imposterId: one(roles.imposterIds.slice(0, 1)),
          secretWord: pair.word,
          imposterHint: pair.hint,
          round: (last?.round.round ?? 0) + 1,
          seed,
          createdAt: now,
          discussionEndsAt: later(now, settings.discussionMinutes * 60_000),
        })
        .returning(),
    )
    await tx.insert(partyImposterPlayers).values(
      players.map((userId, place) => ({
        roundId: round.id,
        userId,
        place,
        role: roles.imposterIds.includes(userId) ? ("IMPOSTER" as const) : ("CIVILIAN" as const),
        isMisterWhite: userId === roles.misterWhiteId,
      })),
    )
    const view = roundViewOf(await factsOf(tx, round))
    emit(imposterEvents.roundStarted.to(party.id, { playerCount: players.length, playerIds: players, round: inBrief(view) }))
    emit(imposterEvents.imposterSettingsChanged.to(party.id, { settings: await settingsViewOf(tx, settings, party.familyFilter) }))
    return ok({ round: view, playerCount: players.length })
  },
})

/** The host opens the vote [IMP-9]. Not the guests' command: a host who plays calls for it on the phone like everybody else. */
export const openImposterVote = command({
  name: "openImposterVote",
  who: "host",
  input: nothing,
  async run(context): RoundAnswer {
    const facts = await runningRound(context.tx, context.party)
    if (!facts) return refuse("no_round_running")
    if (facts.round.status !== "ACTIVE") return refuse("vote_open_already")
    return ok({ round: await openVote(context, facts) })
  },
})

/** A guest calls for the vote [IMP-9]. */
export const callImposterVote = command({
  name: "callImposterVote",
  who: "guest",
  input: nothing,
  async run(context): RoundAnswer {
    const { tx, party, actor, now } = context
    const own = await ownRound(tx, party, actor.guest.id)
    if (!own.ok) return own
    if (own.value.round.status !== "ACTIVE") return refuse("vote_open_already")
    await changePlayer(tx, own.value, actor.guest.id, { calledVoteAt: now })
    return ok({ round: await goOn(context, await factsOf(tx, own.value.round)) })
  },
})

/** Names somebody, or somebody else than before [IMP-10]. */
export const castImposterVote = command({
  name: "castImposterVote",
  who: "guest",
  input: targetInput,
  async run(context, { targetId, vote }): Promise<Result<{ round: RoundView; votedForId: string }, ImposterRefusal>> {
    const { tx, party, actor, now } = context
    const voterId = actor.guest.id
    const own = await ownRound(tx, party, voterId)
    if (!own.ok) return own
    const { round } = own.value
    const presentIds = presentIdsOf(own.value)
    if (round.status === "REVEALED") return refuse("vote_over")
    if (round.status !== "VOTING" || round.voteEndsAt === null) return refuse("vote_not_open")
    const isForEarlierVote = vote !== undefined && vote !== round.vote
    if (isForEarlierVote || now.getTime() >= round.voteEndsAt.getTime()) return refuse("vote_over")
    if (targetId === voterId) return refuse("vote_for_self")
    if (!candidatesOf(presentIds, round.tiedIds).includes(targetId)) return refuse("vote_target_unknown")
    await tx
      .insert(partyImposterVotes)
      .values({ roundId: round.id, vote: round.vote, voterId, targetId, castAt: now })
      .onConflictDoUpdate({
        target: [partyImposterVotes.roundId, partyImposterVotes.vote, partyImposterVotes.voterId],
        set: { targetId, castAt: now },
      })
    return ok({ round: await goOn(context, await factsOf(tx, round)), votedForId: targetId })
  },
})

/** A player goes home, or just stops playing [IMP-13]. */
export const leaveImposterRound = command({
  name: "leaveImposterRound",
  who: "guest",
  input: nothing,
  async run(context): RoundAnswer {
    const { tx, party, actor, now } = context
    const own = await ownRound(tx, party, actor.guest.id)
    if (!own.ok) return own
    await changePlayer(tx, own.value, actor.guest.id, { leftAt: now })
    return ok({ round: await goOn(context, await factsOf(tx, own.value.round)) })
  },
})

/** The caught imposter's one guess [IMP-16]. */
export const guessImposterWord = command({
  name: "guessImposterWord",
  who: "guest",
  input: guessInput,
  async run(context, { text }): RoundAnswer {
    const { tx, party, actor, now } = context
    const facts = await newestRound(tx, party.id)
    if (!facts || facts.round.status !== "REVEALED") return refuse("no_round_running")
    const { round } = facts
    if (round.outcome !== "CAUGHT" || round.outId !== actor.guest.id) return refuse("guess_not_yours")
    if (round.endedAt !== null || round.guessEndsAt === null || now.getTime() >= round.guessEndsAt.getTime()) return refuse("guess_over")
    const isRight = isRightGuess(text, round.secretWord)
    // Every screen shows it. The word itself has passed the filter, which may be stricter by now.
    if (!isRight && !passesFamilyFilter(text, party.familyFilter)) return refuse("guess_not_for_family")
    return ok({ round: await endGuess(context, facts, { text, isRight }) })
  },
})

/** The host waits no longer: counts the votes that are there, or ends the guess [IMP-10] [IMP-16]. */
export const revealImposterRound = command({
  name: "revealImposterRound",
  who: "host",
  input: revealInput,
  async run(context, seen): RoundAnswer {
    const facts = await runningRound(context.tx, context.party)
    if (!facts) return refuse("no_round_running")
    const { status, vote } = facts.round
    if (status === "ACTIVE") return refuse("vote_not_open")
    if ((seen.status ?? status) !== status || (seen.vote ?? vote) !== vote) return refuse("round_went_on")
    return ok({ round: status === "VOTING" ? await closeVote(context, facts) : await endGuess(context, facts, null) })
  },
})

/** Ends the round without a winner [IMP-13]. */
export const callOffImposterRound = command({
  name: "callOffImposterRound",
  who: "host",
  input: nothing,
  async run(context): RoundAnswer {
    const facts = await runningRound(context.tx, context.party)
    if (!facts || facts.round.status === "REVEALED") return refuse("no_round_running")
    return ok({ round: await callOff(context, facts) })
  },
})

/** Does what the clock says: the warning, the vote, its count, the end of the guess, goodbye to who was kicked, and the end of the party [IMP-8] [IMP-10] [IMP-13] [IMP-16] [IMP-18]. */
export const moveImposterRoundOn = command({
  name: "moveImposterRoundOn",
  who: "clock",
  input: nothing,
  async run(context): RoundAnswer {
    const { tx, party } = context
    const facts = await runningRound(tx, party)
    if (!facts) return refuse("nothing_due")
    if (party.status === "ENDED") return ok({ round: await finish(context, facts) })
    const withoutKicked = await noteKicked(context, facts)
    if (withoutKicked) return ok({ round: await goOn(context, withoutKicked) })
    return moveOn(context, facts)
  },
})

async function moveOn(table: Table, facts: RoundFacts): RoundAnswer {
  const { round } = facts
  switch (dueStep(round, table.now)) {
    case "warn":
      return ok({ round: await announce(table, await change(table, round, { warnedAt: table.now })) })
    case "open vote":
      return ok({ round: await openVote(table, facts) })
    case "count votes":
      return ok({ round: await closeVote(table, facts) })
    case "end guess":
      return ok({ round: await endGuess(table, facts, null) })
    case null:
      return refuse("nothing_due")
  }
}

/** A round nobody can play on, since the party is over [IMP-13]. */
function finish(table: Table, facts: RoundFacts): Promise<RoundView> {
  return facts.round.status === "REVEALED" ? endGuess(table, facts, null) : callOff(table, facts)
}

/** The round that is not over, the guess included. */
async function runningRound(tx: Tx, party: Party): Promise<RoundFacts | null> {
  const facts = await newestRound(tx, party.id)
  return facts && facts.round.endedAt === null ? facts : null
}

/** The running round of a guest who plays in it and has not left. */
async function ownRound(tx: Tx, party: Party, guestId: string): Promise<Result<RoundFacts, ImposterRefusal>> {
  const facts = await runningRound(tx, party)
  if (!facts) return refuse("no_round_running")
  return presentIdsOf(facts).includes(guestId) ? ok(facts) : refuse("not_in_round")
}

/** Guests who can play, in the order of joining [IMP-2]. */
async function livingGuests(tx: Tx, party: Party): Promise<string[]> {
  const rows = await tx
    .select({ id: partyUsers.id })
    .from(partyUsers)
    .where(and(eq(partyUsers.partyId, party.id), isNotNull(partyUsers.pinCode), isNull(partyUsers.kickedAt)))
    .orderBy(asc(partyUsers.createdAt), asc(partyUsers.id))
  return rows.map(({ id }) => id)
}

async function changePlayer(
  tx: Tx,
  { round }: RoundFacts,
  userId: string,
  to: Partial<typeof partyImposterPlayers.$inferInsert>,
): Promise<void> {
  await tx
    .update(partyImposterPlayers)
    .set(to)
    .where(and(eq(partyImposterPlayers.roundId, round.id), eq(partyImposterPlayers.userId, userId)))
}
