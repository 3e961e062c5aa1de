import { z } from "zod"

const wholeCoins = "The stake is a whole number of coins."

export const placeBetInput = z.object({
  targetUserId: z.uuid("That driver does not exist."),
  amount: z.int({ error: wholeCoins }).min(1, "The stake is at least 1 coin."),
  /** The race, needed only when the driver is in several open ones. */
  gameId: z.uuid("That race does not exist.").optional(),
})
export const oddsModeInput = z.enum(["FIXED", "PARIMUTUEL"], { error: "Odds are FIXED or PARIMUTUEL." })
