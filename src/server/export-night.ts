import { and, asc, eq, inArray, isNotNull } from "drizzle-orm"
import { bets, bettingMarkets } from "@/db/schema/betting"
import { partyGames } from "@/db/schema/games"
import { partySessions } from "@/db/schema/quipflip"
import { partyImposterPlayers, partyImposterRounds } from "@/db/schema/imposter"
import { partyUsers } from "@/db/schema/party"
import { simRaceEntries, simRaceLaps } from "@/db/schema/racing"
import { ledgerTransfers } from "@/db/schema/wallet"
import { ok } from "@/kernel/result"
import { query } from "@/party/command"
import { nothing } from "@/party/input"
import { partyViewOf } from "@/party/view"

/** Everything the host may take home, one table per subject. No PIN, no passcode, no token is in it [PTY-15]. */
export const exportNight = query({
  name: "exportNight",
  who: "host",
  input: nothing,
  async run({ db, party }) {
    const races = await db
      .select()
      .from(partyGames)
      .where(and(eq(partyGames.partyId, party.id), eq(partyGames.type, "SIM_RACE")))
      .orderBy(asc(partyGames.createdAt))
    const markets = await db.select().from(bettingMarkets).where(eq(bettingMarkets.partyId, party.id))
    const gameIds = races.map(({ id }) => id)
    const guests = await db
      .select({
        id: partyUsers.id,
        name: partyUsers.name,
        walletBalance: partyUsers.walletBalance,
        vaultBalance: partyUsers.vaultBalance,
        kickedAt: partyUsers.kickedAt,
        createdAt: partyUsers.createdAt,
      })
      .from(partyUsers)
      .where(eq(partyUsers.partyId, party.id))
      .orderBy(asc(partyUsers.createdAt))
    const transfers = await db
      .select({
        at: ledgerTransfers.createdAt,
        from: ledgerTransfers.fromAccount,
        to: ledgerTransfers.toAccount,
        amount: ledgerTransfers.amount,
        category: ledgerTransfers.category,
        cause: ledgerTransfers.cause,
        note: ledgerTransfers.note,
      })
      .from(ledgerTransfers)
      .where(eq(ledgerTransfers.partyId, party.id))
      .orderBy(asc(ledgerTransfers.createdAt), asc(ledgerTransfers.id))
    // Words and roles of a round that runs are nobody's yet, the host's neither [IMP-4].
    const isOver = and(eq(partyImposterRounds.partyId, party.id), isNotNull(partyImposterRounds.endedAt))
    const rounds = await db
      .select({
        id: partyImposterRounds.id,
        round: partyImposterRounds.round,
        startedAt: partyImposterRounds.createdAt,
        endedAt: partyImposterRounds.endedAt,
        word: partyImposterRounds.secretWord,
        hint: partyImposterRounds.imposterHint,
        outcome: partyImposterRounds.outcome,
        outId: partyImposterRounds.outId,
        guess: partyImposterRounds.guess,
        isGuessRight: partyImposterRounds.isGuessRight,
      })
      .from(partyImposterRounds)
      .where(isOver)
      .orderBy(asc(partyImposterRounds.round))
    const players = await db
      .select({
        roundId: partyImposterPlayers.roundId,
        userId: partyImposterPlayers.userId,
        role: partyImposterPlayers.role,
        isMisterWhite: partyImposterPlayers.isMisterWhite,
        leftAt: partyImposterPlayers.leftAt,
        coins: partyImposterPlayers.coins,
      })
      .from(partyImposterPlayers)
      .innerJoin(partyImposterRounds, eq(partyImposterRounds.id, partyImposterPlayers.roundId))
      .where(isOver)
      .orderBy(asc(partyImposterRounds.round), asc(partyImposterPlayers.place))
    const sessions = await db
      .select({ code: partySessions.partyCode, startedAt: partySessions.startedAt, completedAt: partySessions.completedAt, results: partySessions.results })
      .from(partySessions)
      .where(and(eq(partySessions.partyId, party.id), eq(partySessions.status, "COMPLETED")))
      .orderBy(asc(partySessions.completedAt))
    return ok({
      party: partyViewOf(party),
      guests,
      races,
      markets,
      entries: await db.select().from(simRaceEntries).where(inArray(simRaceEntries.gameId, gameIds)),
      laps: await db.select().from(simRaceLaps).where(inArray(simRaceLaps.gameId, gameIds)).orderBy(asc(simRaceLaps.sequence)),
      bets: await db.select().from(bets).where(inArray(bets.gameId, gameIds)).orderBy(asc(bets.createdAt)),
      rounds,
      players,
      sessions,
      transfers: transfers.map(withoutPhrase),
    })
  },
})

/** Whose fee went into which prompt's pot tells who wrote what, and a host may be playing: of Quipflip only the coins are told [QF-S13]. */
function withoutPhrase<T extends { from: string; to: string; cause: string }>(transfer: T): T {
  if (!transfer.cause.startsWith("quipflip:")) return transfer
  const account = (name: string) => (name.startsWith("pot:") ? "pot:quipflip" : name)
  return { ...transfer, from: account(transfer.from), to: account(transfer.to), cause: "quipflip" }
}
