import type { Refusal } from "@/kernel/result"
import type { AppRefusal, RefusalCode } from "./refusal"

/** The HTTP status of each refusal. */
const statuses: Record<RefusalCode, number> = {
  not_signed_in: 401,
  host_only: 403,
  kicked: 403,
  party_unknown: 404,
  party_ended: 409,
  party_busy: 503,
  input_invalid: 400,

  wrong_pin: 401,
  wrong_passcode: 401,
  link_not_valid: 401,
  too_many_guesses: 429,

  name_empty: 400,
  name_too_long: 400,
  name_taken: 409,
  name_not_for_family: 422,
  no_pin_left: 409,
  door_locked: 403,
  guest_unknown: 404,
  guest_has_no_purse: 409,
  link_unknown: 404,

  betting_closed: 409,
  market_ambiguous: 409,
  target_not_in_race: 404,
  self_bet_off: 403,
  stake_over_limit: 422,
  insufficient_funds: 422,
  already_settled: 409,
  market_void: 409,
  nothing_to_resettle: 409,

  round_running: 409,
  no_round_running: 409,
  round_went_on: 409,
  too_few_players: 409,
  words_used_up: 409,
  theme_not_for_family: 422,
  category_unknown: 404,
  not_in_round: 403,
  vote_not_open: 409,
  vote_open_already: 409,
  vote_over: 409,
  vote_target_unknown: 404,
  vote_for_self: 422,
  guess_not_yours: 403,
  guess_not_for_family: 422,
  guess_over: 409,
  nothing_due: 409,

  race_unknown: 404,
  race_ambiguous: 409,
  race_void: 409,
  race_not_live: 409,
  race_step_not_allowed: 409,
  race_needs_drivers: 409,
  driver_unknown: 404,
  driver_has_bets: 409,
  driver_has_laps: 409,
  lap_unknown: 404,
  self_timing_off: 403,
  only_the_host: 403,
  no_lap_times: 409,
  result_session_unknown: 404,
  driver_mapped_twice: 409,

  lap_time_empty: 400,
  lap_time_unreadable: 400,
  lap_time_seconds_two_digits: 400,
  lap_time_seconds_over_59: 400,
  lap_time_too_many_decimals: 400,
  lap_time_too_short: 400,
  lap_time_too_long: 400,

  result_file_empty: 400,
  result_file_too_large: 413,
  result_file_unreadable: 422,
  result_file_unknown_format: 415,
  result_file_no_drivers: 422,
}

export function refusalStatus(refusal: Refusal): number {
  return statuses[(refusal as AppRefusal).code]
}

/** For who guessed too often: when to come back, in seconds [PTY-6]. */
export function refusalHeaders({ code, detail }: Refusal): Record<string, string> {
  return code === "too_many_guesses" && detail?.seconds !== undefined ? { "retry-after": String(detail.seconds) } : {}
}
