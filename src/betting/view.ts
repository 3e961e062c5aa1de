import * as z from "zod/mini"

export const oddsMode = z.enum(["FIXED", "PARIMUTUEL"])

/** A driver who can be backed, with the stakes on them. */
export const selection = z.object({
  targetId: z.string(),
  targetName: z.string(),
  stakedCoins: z.int(),
  betCount: z.int(),
  multiplierHundredths: z.nullable(z.int()),
})

/** A market as everyone sees it. Coins; multipliers in hundredths (200 = pays double). */
export const marketView = z.object({
  marketId: z.string(),
  gameId: z.string(),
  status: z.enum(["OPEN", "CLOSED", "SETTLED", "VOID"]),
  oddsMode,
  poolCoins: z.int(),
  winnerId: z.nullable(z.string()),
  /** In the order in which the drivers joined the party. */
  selections: z.array(selection),
})
export type MarketView = z.infer<typeof marketView>

/** A guest's own bet. ISO instants; coins. */
export type BetView = {
  id: string
  gameId: string
  targetUserId: string
  targetName: string
  amount: number
  status: "PENDING" | "WON" | "LOST" | "REFUNDED"
  payout: number | null
  createdAt: string
  settledAt: string | null
}
