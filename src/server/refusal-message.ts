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

  session_not_found: "There is no such session. Check the code.",
  session_already_started: "This session has started already. Wait for the next one.",
  session_full: "This session is full.",
  already_joined: "You are in this session already.",
  not_host: "Only the host of the session can do that.",
  not_enough_players: (detail) => `${detail("missing")} more must be ready to start. Add an AI player?`,
  wrong_phase: "The game has gone on to another phase.",
  already_submitted: "You have played all you were dealt in this phase.",
  copies_complete: "All copies of this are written.",
  votes_complete: "You have cast all your votes.",
  no_prompts_available: "Nothing waits to be copied just now.",
  no_phrasesets_available: "Nothing waits for your vote just now.",
  insufficient_balance: (detail) => `That costs ${detail("fee")} coins, and you have ${detail("balance")}.`,
  session_over: "This session is over.",
  session_not_started: "This session has not started yet.",
  session_not_over: "The results come at the end of the session.",
  in_another_session: "You are in another session. Leave that one first.",
  too_many_sessions: "You have opened five sessions within the hour. Join one, or wait a while.",
  no_code_left: "No free code was found. Try again.",
  not_in_session: "You are not in this session.",
  left_session: "You have left this session. Come back to play on.",
  player_unknown: "That player is not in this session.",
  stale_version: "The game has gone on meanwhile.",
  round_not_found: "That round is not yours, or is gone.",
  own_round_running: "Finish what you have begun first.",
  round_over: "The time for this was up.",
  choice_unknown: "Pick one of the three phrases.",
  not_flagged: "Nobody has flagged this phrase, or it is decided already.",
  own_prompt: "That is your own phrase.",
  already_copied: "You have copied this one already.",
  not_copied_yet: "Only who has copied a phrase can buy its second copy.",
  own_phraseset: "You wrote one of these phrases.",
  already_voted: "You have voted on this one already.",
  phraseset_final: "The vote on this is over.",
  phrase_too_short: (detail) => `A phrase needs at least ${detail("fewest")} characters.`,
  phrase_too_long: (detail) => `A phrase has ${detail("most")} characters at most.`,
  phrase_has_other_signs: "Only letters A to Z, blanks and apostrophes, please.",
  phrase_too_few_words: (detail) => `A phrase has at least ${detail("fewest")} words.`,
  phrase_too_many_words: (detail) => `A phrase has at most ${detail("most")} words.`,
  phrase_word_too_short: (detail) => `${detail("word")} is too short: a word has at least two letters.`,
  phrase_word_too_long: (detail) => `${detail("word")} is too long: a word has at most fifteen letters.`,
  phrase_word_unknown: (detail) => `${detail("word")} is not in the dictionary.`,
  phrase_all_common: "These are only little words. Add one that says something.",
  phrase_not_for_family: "That does not pass the family filter. Try other words.",
  phrase_duplicate: "That phrase is taken. Try another one.",
  phrase_too_close: (detail) => `${detail("word")} is too close to what you see. Find another word.`,
  phrase_too_close_to_hidden: "That is too close to something you cannot see. Find other words.",
  phrase_same_meaning: "That means the same as a phrase that is there already. Try another idea.",

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
