import { and, asc, eq, inArray } from "drizzle-orm"
import { partyUsers } from "@/db/schema/party"
import { partyParticipants, partyPhrasesets, partyRounds, partySessions, quipflipPhrasesets, quipflipRounds } from "@/db/schema/quipflip"
import { ledgerTransfers } from "@/db/schema/wallet"
import { one } from "@/kernel/assert"
import type { Night } from "./start-party"

export type Witness = Awaited<ReturnType<typeof witnessOf>>

/** All rows of a session and of the ledger, read table by table: what a proof compares with, without the product's own queries. */
export async function witnessOf({ runtime: { db }, party }: Pick<Night, "runtime" | "party">, sessionId: string) {
  const links = await db.select().from(partyPhrasesets).where(eq(partyPhrasesets.sessionId, sessionId))
  const setIds = links.map(({ phrasesetId }) => phrasesetId)
  return {
    sessionId,
    session: one(await db.select().from(partySessions).where(eq(partySessions.sessionId, sessionId))),
    seats: await db.select().from(partyParticipants).where(eq(partyParticipants.sessionId, sessionId)).orderBy(asc(partyParticipants.joinedAt)),
    tasks: await db.select().from(partyRounds).where(eq(partyRounds.sessionId, sessionId)),
    rounds: await db.select().from(quipflipRounds).where(eq(quipflipRounds.partyId, party.id)),
    sets: setIds.length === 0 ? [] : await db.select().from(quipflipPhrasesets).where(inArray(quipflipPhrasesets.phrasesetId, setIds)),
    fillerIds: links.filter(({ isFiller }) => isFiller).map(({ phrasesetId }) => phrasesetId),
    transfers: await db.select().from(ledgerTransfers).where(and(eq(ledgerTransfers.partyId, party.id))),
    guests: await db.select().from(partyUsers).where(eq(partyUsers.partyId, party.id)),
  }
}

/** What each account holds by the ledger, in coins. */
export function balancesOf({ transfers }: Pick<Witness, "transfers">): Map<string, number> {
  const balances = new Map<string, number>()
  const add = (account: string, coins: number) => balances.set(account, (balances.get(account) ?? 0) + coins)
  for (const { fromAccount, toAccount, amount } of transfers) {
    add(fromAccount, -amount)
    add(toAccount, amount)
  }
  return balances
}

type Part = "writer" | "voter"
type Row = Witness["rounds"][number]

/** Who played a round themselves, by seat; null when the house did, or somebody outside. */
export function playerOf({ seats }: Witness, round: Row): string | null {
  const seat = seats.find(({ playerId, participantId, isAi }) => (isAi ? round.aiParticipantId === participantId : round.playerId !== null && round.playerId === playerId))
  return seat?.participantId ?? null
}

/** In whose place a round of the session was played. */
export function placeOf({ tasks }: Witness, roundId: string): string | null {
  return tasks.find((task) => task.roundId === roundId)?.participantId ?? null
}

/** Each seat's coins in this session, from nothing but the ledger: out of pots into its purse, and back. */
export function ledgerNets({ sessionId, seats, transfers }: Witness): { participantId: string; earned: number; spent: number; net: number }[] {
  const own = transfers.filter(({ cause }) => cause === `quipflip:${sessionId}`)
  return seats.map(({ participantId, playerId }) => {
    const purse = playerId === null ? [`ai:${participantId}`] : [`wallet:${playerId}`, `vault:${playerId}`]
    const isPot = (account: string) => account.startsWith("pot:")
    const sum = (rows: typeof own) => rows.reduce((coins, { amount }) => coins + amount, 0)
    const into = own.filter(({ fromAccount, toAccount }) => isPot(fromAccount) && purse.includes(toAccount))
    const out = own.filter(({ fromAccount, toAccount }) => purse.includes(fromAccount) && isPot(toAccount))
    const back = into.filter(({ category }) => category === "fee_refund")
    return { participantId, earned: sum(into) - sum(back), spent: sum(out) - sum(back), net: sum(into) - sum(out) }
  })
}

/** Votes counted one by one. */
export function voteCounts(witness: Witness) {
  const count = new Map(witness.seats.map(({ participantId }) => [participantId, { original: 0, copy: 0, cast: 0, right: 0 }]))
  const note = (participantId: string | null, what: "original" | "copy" | "cast" | "right") => {
    const own = count.get(participantId ?? "")
    if (own) own[what] += 1
  }
  for (const set of witness.sets) {
    const votes = witness.rounds.filter(({ phrasesetId, status }) => phrasesetId === set.phrasesetId && status === "SUBMITTED")
    for (const vote of votes) {
      const voter = playerOf(witness, vote)
      note(voter, "cast")
      if (vote.choice === "ORIGINAL") note(voter, "right")
      const chosenId = vote.choice === "ORIGINAL" ? set.promptRoundId : vote.choice === "COPY_1" ? set.copy1RoundId : set.copy2RoundId
      const written = one(witness.rounds.filter(({ roundId }) => roundId === chosenId))
      note(playerOf(witness, written), vote.choice === "ORIGINAL" ? "original" : "copy")
    }
  }
  return count
}

/** Rounds of a set by what they are in it. */
export function roundsOfSet({ rounds }: Witness, set: Witness["sets"][number], part: Part): Row[] {
  if (part === "voter") return rounds.filter(({ phrasesetId, status }) => phrasesetId === set.phrasesetId && status === "SUBMITTED")
  const ids = [set.promptRoundId, set.copy1RoundId, set.copy2RoundId]
  return ids.map((id) => one(rounds.filter(({ roundId }) => roundId === id)))
}
