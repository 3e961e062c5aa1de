import { ok, refuse, type Result } from "@/kernel/result"
import { acClientFormat } from "./ac-client"
import { acServerFormat } from "./ac-server"
import { accFormat } from "./acc"
import { decodeText } from "./decode-text"
import { iracingFormat } from "./iracing"
import type { JsonFormat, ResultFile, ResultFileRefusal } from "./result-file"
import { parseRfactor2, recognisesRfactor2 } from "./rfactor2"

/** The largest file read, in bytes. RAC-25 */
export const LARGEST_RESULT_FILE_BYTES = 8 * 1024 * 1024

type Reading = Result<ResultFile, ResultFileRefusal>

const JSON_FORMATS: readonly JsonFormat[] = [accFormat, acServerFormat, acClientFormat, iracingFormat]

/**
 * Recognises the result file of a simulator by its content and reads it. Never throws for any bytes.
 * `detail` has `maxBytes` when too large and `format` when a known format holds impossible content. RAC-24 to RAC-32
 */
export function readResultFile(bytes: Uint8Array): Reading {
  if (bytes.length === 0) return refuse("result_file_empty")
  if (bytes.length > LARGEST_RESULT_FILE_BYTES) {
    return refuse("result_file_too_large", { maxBytes: LARGEST_RESULT_FILE_BYTES })
  }
  const decoded = decodeText(bytes)
  if (decoded === null) return refuse("result_file_unreadable")

  const text = decoded.trim()
  if (text === "") return refuse("result_file_empty")
  if (text.startsWith("<")) return readXml(text)
  if (text.startsWith("{") || text.startsWith("[")) return readJson(text)
  return refuse("result_file_unknown_format")
}

function readXml(xml: string): Reading {
  if (!recognisesRfactor2(xml)) return refuse("result_file_unknown_format")
  return withDrivers(parseRfactor2(xml), "RFACTOR2")
}

function readJson(text: string): Reading {
  const json = parseJson(text)
  if (json === null) return refuse("result_file_unreadable")
  const format = JSON_FORMATS.find((candidate) => candidate.recognises(json))
  if (!format) return refuse("result_file_unknown_format")
  return withDrivers(format.parse(json), format.format)
}

function parseJson(text: string): object | null {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === "object" ? json : null
  } catch {
    return null
  }
}

function withDrivers(file: ResultFile | null, format: ResultFile["format"]): Reading {
  if (file === null) return refuse("result_file_unreadable", { format })
  if (file.sessions.every((session) => session.drivers.length === 0)) return refuse("result_file_no_drivers", { format })
  return ok(file)
}
