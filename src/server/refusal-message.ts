import type { Refusal } from "@/kernel/result"
import type { AppRefusal, RefusalCode } from "./refusal"

type Detail = (name: string) => string | number

/** One sentence for people per refusal: what is wrong, and what to do. */
const messages: Record<RefusalCode, string | ((detail: Detail) => string)> = {
  not_signed_in: "You have no seat here yet. Scan the QR code to join.",
  host_only: "Only the host can do that.",
  kicked: "The host has closed your seat. Ask the host to let you back in.",
  party_unknown: "This party does not exist any more.",
  party_ended: "The party is over. Thanks for playing!",
  party_busy: "Too much at once. Wait a moment and try again.",
  input_invalid: (detail) => `${detail("reason")}`,

  wrong_pin: "That PIN is not right. Check the TV or ask the host.",
  wrong_passcode: "That passcode is not right. It is in the window where the party was started.",
  link_not_valid: "This link does not work any more. Ask for a new one.",
  too_many_guesses: (detail) => `Too many wrong tries. Try again in ${waitText(Number(detail("seconds")))}.`,

  name_empty: "Type a name.",
  name_too_long: "A name can have 24 characters.",
  name_taken: (detail) => `Somebody is called ${detail("name")} already.`,
  name_not_for_family: "That name does not pass the family filter. Pick another one.",
  no_pin_left: "The party is full: no PIN is left.",
  door_locked: "The door is locked. Ask the host to open it.",
  guest_unknown: "That guest is not at this party.",
  guest_has_no_purse: "A driver without a phone has no purse.",
  link_unknown: "That link is gone already.",

  betting_closed: "Betting is closed.",
  market_ambiguous: "That driver is in more than one race. Pick the race.",
  target_not_in_race: "That driver is not in this race.",
  self_bet_off: "Tonight nobody bets on themselves.",
  stake_over_limit: (detail) => `The most you can stake is ${detail("limit")} coins.`,
  insufficient_funds: (detail) => `You have only ${detail("balance")} coins.`,
  already_settled: "This race is settled already. Nothing was paid again.",
  market_void: "This race was called off.",
  nothing_to_resettle: "The winner is the same: there is nothing to settle again.",

  race_unknown: "There is no such race. The host has to create one first.",
  race_ambiguous: "More than one race is on. Pick one.",
  race_void: "This race was called off.",
  race_not_live: "This race is not running.",
  race_step_not_allowed: (detail) => `A race that is ${statusText(detail("from"))} cannot become ${statusText(detail("to"))}.`,
  race_needs_drivers: "Add a driver first.",
  driver_unknown: "Pick a driver of this race.",
  driver_has_bets: "Somebody has backed this driver, so the driver stays in.",
  driver_has_laps: "This driver has laps, so the driver stays in. Mark a DNF instead.",
  lap_unknown: "That lap is not of this party.",
  self_timing_off: "Tonight the host types the lap times.",
  only_the_host: "Only the host can do that for somebody else.",
  no_lap_times: "No lap times yet. Enter one, or call the race off.",
  result_session_unknown: "That session is not in the file.",
  driver_mapped_twice: (detail) => `${detail("name")} is picked for two drivers of the file.`,

  round_running: "A round is running. Finish it first.",
  no_round_running: "No round is running.",
  round_went_on: "The round has gone on meanwhile. Look again.",
  too_few_players: (detail) => `Imposter needs ${detail("fewest")} players. ${detail("count")} can play now.`,
  words_used_up: "Every word was played tonight. Type a theme, or pick another language.",
  theme_not_for_family: "That theme does not pass the family filter. Try another one.",
  category_unknown: "There is no such category.",
  not_in_round: "You are not in this round. You play in the next one.",
  vote_not_open: "The vote is not open yet.",
  vote_open_already: "The vote is open already.",
  vote_over: "The vote is over.",
  vote_target_unknown: "That player cannot be named. Pick one of those shown.",
  vote_for_self: "Name somebody else than yourself.",
  guess_not_yours: "Only the caught imposter may guess.",
  guess_not_for_family: "That does not pass the family filter. Type another guess.",
  guess_over: "Too late: the word is out.",
  nothing_due: "Nothing is due.",

  lap_time_empty: (detail) => `Type a lap time, for example ${detail("example")}.`,
  lap_time_unreadable: (detail) => `That is no lap time. Example: ${detail("example")}`,
  lap_time_seconds_two_digits: (detail) => `After minutes, seconds have two digits. Example: ${detail("example")}`,
  lap_time_seconds_over_59: (detail) => `After minutes, seconds go up to 59. Example: ${detail("example")}`,
  lap_time_too_many_decimals: (detail) => `A lap time has at most three decimals. Example: ${detail("example")}`,
  lap_time_too_short: (detail) => `A lap takes at least a thousandth of a second. Example: ${detail("example")}`,
  lap_time_too_long: (detail) => `A lap takes less than an hour. Example: ${detail("example")}`,

  result_file_empty: "That file is empty.",
  result_file_too_large: "That file is larger than 8 MB.",
  result_file_unreadable: "That file is damaged or cut off and cannot be read. Nothing was changed.",
  result_file_unknown_format:
    "That is no result file we know: Assetto Corsa, Assetto Corsa Competizione, iRacing or rFactor 2.",
  result_file_no_drivers: "No driver is in that file.",
}

export function refusalMessage(refusal: Refusal): string {
  const message = messages[(refusal as AppRefusal).code]
  return typeof message === "string" ? message : message((name) => refusal.detail?.[name] ?? "")
}

function waitText(seconds: number): string {
  if (seconds < 100) return seconds === 1 ? "1 second" : `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}

function statusText(status: string | number): string {
  return String(status).toLowerCase().replaceAll("_", " ")
}
