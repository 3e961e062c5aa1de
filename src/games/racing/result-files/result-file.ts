import type { Refusal } from "@/kernel/result"

/** The simulators whose result files are understood. RAC-24 */
export type ResultFormat = "ACC" | "AC_SERVER" | "AC_CLIENT" | "IRACING" | "RFACTOR2"

export type SessionKind = "PRACTICE" | "QUALIFY" | "RACE" | "OTHER"

/** What a file says about one driver in one session. */
export type ResultDriver = {
  readonly name: string
  readonly carModel: string | null
  /** Milliseconds, 1 … 3 599 999; null when there is no lap. RAC-27 */
  readonly bestLapMs: number | null
  /** Laps driven, null when the file does not tell. */
  readonly lapCount: number | null
  readonly isDnf: boolean
  /** 1 is first, null when the file does not tell. RAC-31 */
  readonly position: number | null
}

export type ResultSession = {
  /** As the file calls it. */
  readonly name: string
  readonly kind: SessionKind
  readonly drivers: readonly ResultDriver[]
}

/** What a result file of any simulator comes down to. */
export type ResultFile = {
  readonly format: ResultFormat
  readonly track: string | null
  readonly sessions: readonly ResultSession[]
}

/** Why a file is not read. RAC-26 */
export type ResultFileRefusal = Refusal<
  | "result_file_empty"
  | "result_file_too_large"
  | "result_file_unreadable"
  | "result_file_unknown_format"
  | "result_file_no_drivers"
>

/** One simulator's JSON format. */
export type JsonFormat = {
  readonly format: ResultFormat
  /** Whether the top level has this format's own keys. Content may still be impossible. */
  recognises(json: object): boolean
  /** The file, or null when its content is impossible for the format. */
  parse(json: object): ResultFile | null
}
