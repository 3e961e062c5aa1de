import { ok, refuse, type Result } from "@/kernel/result"
import type { BettingRefusal } from "./refusals"

type Stake = {
  readonly amount: number
  readonly isMarketOpen: boolean
  readonly isTargetInRace: boolean
  readonly isOnSelf: boolean
  readonly isSelfBettingOn: boolean
  readonly balanceCoins: number
  readonly limitCoins: number
}

/** May this stake be taken? [BET-2] [BET-3] [BET-4] */
export function decideStake(stake: Stake): Result<true, BettingRefusal> {
  if (!stake.isMarketOpen) return refuse("betting_closed")
  if (!stake.isTargetInRace) return refuse("target_not_in_race")
  if (stake.isOnSelf && !stake.isSelfBettingOn) return refuse("self_bet_off")
  if (stake.amount > stake.limitCoins) return refuse("stake_over_limit", { limit: stake.limitCoins })
  if (stake.amount > stake.balanceCoins) return refuse("insufficient_funds", { balance: stake.balanceCoins })
  return ok(true)
}
