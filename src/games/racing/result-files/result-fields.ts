import { z } from "zod"
import { LONGEST_LAP_MS } from "../lap-time"

/** More than any simulator seats, and few enough to show on a screen. */
const MOST_DRIVERS = 1000
const MOST_SESSIONS = 100
const LONGEST_TEXT = 200

// Controls except the line break, and surrogates without their other half: Postgres cannot store them.
const UNSTORABLE = /[^\P{Cc}\n]|\p{Cs}/gu

/** A name or a title. RAC-29 */
export const text = z
  .string()
  .max(LONGEST_TEXT)
  .transform((value) => value.replace(UNSTORABLE, "").trim())

export function driverList<T extends z.ZodType>(driver: T) {
  return z.array(driver).max(MOST_DRIVERS)
}

export function sessionList<T extends z.ZodType>(session: T) {
  return z.array(session).max(MOST_SESSIONS)
}

/** The text, or null when there is none. */
export function textOrNull(value: string | null | undefined): string | null {
  return value ? value : null
}

/** A lap in ms, or null for everything that formats write for "none". RAC-27 */
export function lapMs(value: number | null | undefined): number | null {
  if (value === null || value === undefined || !Number.isSafeInteger(value)) return null
  return value >= 1 && value <= LONGEST_LAP_MS ? value : null
}

/** A lap given in ten-thousandths of a second, in ms, rounded half up. RAC-27 */
export function lapMsFromTenThousandths(value: number | null | undefined): number | null {
  if (value === null || value === undefined || !Number.isSafeInteger(value) || value <= 0) return null
  return lapMs(Math.floor((value + 5) / 10))
}

/** A lap given as text in seconds ("122.0663"), in ms, rounded half up, from the digits alone. RAC-27 */
export function lapMsFromSeconds(value: string | null | undefined): number | null {
  const parts = /^([0-9]{1,9})(?:\.([0-9]{1,9}))?$/.exec(value ?? "")
  if (!parts) return null
  const [, seconds = "0", decimals = ""] = parts
  return lapMsFromTenThousandths(Number(seconds) * 10_000 + Number(decimals.padEnd(4, "0").slice(0, 4)))
}

/** A number of laps, or null when it is none. */
export function countOrNull(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : null
}

/** A place in the order, from 1, or null when it is none. RAC-31 */
export function positionOrNull(value: number | null | undefined): number | null {
  const count = countOrNull(value)
  return count === 0 ? null : count
}
