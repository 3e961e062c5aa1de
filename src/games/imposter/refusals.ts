import type { Refusal } from "@/kernel/result"

export type ImposterRefusal = Refusal<
  | "round_running"
  | "no_round_running"
  | "too_few_players"
  | "words_used_up"
  | "theme_not_for_family"
  | "category_unknown"
  | "not_in_round"
  | "vote_not_open"
  | "vote_open_already"
  | "vote_over"
  | "vote_target_unknown"
  | "vote_for_self"
  | "guess_not_yours"
  | "guess_over"
  | "nothing_due"
>
