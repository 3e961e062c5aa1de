import { LAP_TIME_EXAMPLE, type LapTimeRefusal } from "../lap-time"

/** What is wrong with a lap time, said while it is typed [RAC-12]. */
const reasons: Record<LapTimeRefusal, string> = {
  lap_time_empty: "Type a lap time",
  lap_time_unreadable: "That is no lap time yet",
  lap_time_seconds_two_digits: "After minutes, seconds have two digits",
  lap_time_seconds_over_59: "After minutes, seconds go up to 59",
  lap_time_too_many_decimals: "A lap time has at most three decimals",
  lap_time_too_short: "A lap takes at least a thousandth of a second",
  lap_time_too_long: "A lap takes less than an hour",
}

export function lapTimeReason(code: LapTimeRefusal): string {
  return `${reasons[code]}, for example ${LAP_TIME_EXAMPLE}.`
}
