import type { BettingRefusal } from "@/betting/refusals"
import type { Refusal } from "@/kernel/result"
import type { PartyRefusal } from "@/party/refusals"
import type { LapTimeRefusal } from "./lap-time"
import type { ResultFileRefusal } from "./result-files/result-file"

export type RacingRefusal =
  | Refusal<
      | "race_unknown"
      | "race_ambiguous"
      | "race_void"
      | "race_not_live"
      | "race_step_not_allowed"
      | "race_needs_drivers"
      | "driver_unknown"
      | "driver_has_bets"
      | "driver_has_laps"
      | "lap_unknown"
      | "self_timing_off"
      | "only_the_host"
      | "no_lap_times"
      | "result_session_unknown"
      | "driver_mapped_twice"
    >
  | Refusal<LapTimeRefusal>
  | ResultFileRefusal
  | PartyRefusal
  | BettingRefusal
