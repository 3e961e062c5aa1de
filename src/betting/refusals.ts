import type { Refusal } from "@/kernel/result"

export type BettingRefusal = Refusal<
  | "betting_closed"
  | "market_ambiguous"
  | "target_not_in_race"
  | "self_bet_off"
  | "stake_over_limit"
  | "insufficient_funds"
  | "already_settled"
  | "market_void"
  | "nothing_to_resettle"
>
