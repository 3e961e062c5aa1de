import * as z from "zod/mini"
import { guestEvent, partyEvent } from "@/realtime/event"
import { marketNews } from "./market-news"

export const bettingEvents = {
  /** Opened, closed, or the list of drivers changed. */
  marketChanged: partyEvent("betting", "market-changed", z.object({ market: marketNews })),
  betPlaced: partyEvent(
    "betting",
    "bet-placed",
    z.object({
      bettorId: z.string(),
      bettorName: z.string(),
      targetId: z.string(),
      targetName: z.string(),
      amount: z.int(),
      timestamp: z.string(),
      market: marketNews,
    }),
  ),
  betsSettled: partyEvent(
    "betting",
    "bets-settled",
    z.object({
      gameId: z.string(),
      winnerId: z.nullable(z.string()),
      timestamp: z.string(),
      market: marketNews,
      /** The biggest payouts, at most ten; coins. */
      topPayouts: z.array(z.object({ guestId: z.string(), name: z.string(), payout: z.int() })),
    }),
  ),
  betsVoided: partyEvent(
    "betting",
    "bets-voided",
    z.object({ gameId: z.string(), timestamp: z.string(), market: marketNews }),
  ),
  /** To the winner alone: what all their bets on this market paid, and the purse after it. */
  betWon: guestEvent(
    "bet-won",
    z.object({ gameId: z.string(), payout: z.int(), walletBalance: z.int(), targetName: z.string() }),
  ),
}
