import { asc, eq, inArray } from "drizzle-orm"
import { bets, bettingMarkets } from "@/db/schema/betting"
import { partyUsers } from "@/db/schema/party"
import { partyGames } from "@/db/schema/games"
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
    const games = await db.select().from(partyGames).where(eq(partyGames.partyId, party.id)).orderBy(asc(partyGames.createdAt))
    const markets = await db.select().from(bettingMarkets).where(eq(bettingMarkets.partyId, party.id))
    const gameIds = games.map((game) => game.id)
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
    return ok({
      party: partyViewOf(party),
      guests,
      races: games,
      markets,
      entries: await db.select().from(simRaceEntries).where(inArray(simRaceEntries.gameId, gameIds)),
      laps: await db.select().from(simRaceLaps).where(inArray(simRaceLaps.gameId, gameIds)).orderBy(asc(simRaceLaps.sequence)),
      bets: await db.select().from(bets).where(inArray(bets.gameId, gameIds)).orderBy(asc(bets.createdAt)),
      transfers,
    })
  },
})
