import { assert } from "@/kernel/assert"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"

/** The longest lap there is, in ms: `59:59.999`. RAC-11 */
export const LONGEST_LAP_MS = 3_599_999

/** Shown with every refusal, so that the next try succeeds. RAC-12 */
export const LAP_TIME_EXAMPLE = "1:24.500"

export type LapTimeRefusal =
  | "lap_time_empty"
  | "lap_time_unreadable"
  | "lap_time_seconds_two_digits"
  | "lap_time_seconds_over_59"
  | "lap_time_too_many_decimals"
  | "lap_time_too_short"
  | "lap_time_too_long"

// Wider than the grammar on purpose: what has the shape of a time but breaks one rule gets that rule as its reason.
const SHAPE = /^(?:([0-9]+):)?([0-9]+)(?:[.,]([0-9]+))?$/

/**
 * Reads a lap time as people type it and returns whole milliseconds, 1 … 3 599 999.
 * Every refusal has its own code and carries `example`. RAC-9 to RAC-12
 */
export function parseLapTime(text: string): Result<number, Refusal<LapTimeRefusal>> {
  const trimmed = text.trim()
  if (trimmed === "") return refused("lap_time_empty")

  const parts = SHAPE.exec(trimmed)
  if (!parts) return refused("lap_time_unreadable")
  const [, minutes, seconds = "", decimals = ""] = parts

  if (minutes !== undefined && seconds.length !== 2) return refused("lap_time_seconds_two_digits")
  if (minutes !== undefined && seconds > "59") return refused("lap_time_seconds_over_59")
  if (decimals.length > 3) return refused("lap_time_too_many_decimals")

  const ms = Number(minutes ?? "0") * 60_000 + Number(seconds) * 1000 + Number(decimals.padEnd(3, "0"))
  if (ms > LONGEST_LAP_MS) return refused("lap_time_too_long")
  // Zeros in front beyond the grammar's digits: more likely a slip than a time.
  if ((minutes ?? "").length > 2 || seconds.length > 4) return refused("lap_time_unreadable")
  if (ms < 1) return refused("lap_time_too_short")
  return ok(ms)
}

/** `84500` ms → `1:24.500`; under a minute `24.500`. RAC-13 */
export function formatLapTime(ms: number): string {
  assert(Number.isSafeInteger(ms) && ms >= 0, `a time is whole milliseconds, not ${ms}`)
  const minutes = Math.floor(ms / 60_000)
  const decimals = String(ms % 1000).padStart(3, "0")
  const seconds = String(Math.floor(ms / 1000) % 60)
  return minutes === 0 ? `${seconds}.${decimals}` : `${minutes}:${seconds.padStart(2, "0")}.${decimals}`
}

/** A difference of two times in ms, as boards show it: `+0.123`. RAC-13 */
export function formatGap(ms: number): string {
  return `+${formatLapTime(ms)}`
}

function refused(code: LapTimeRefusal) {
  return refuse(code, { example: LAP_TIME_EXAMPLE })
}
