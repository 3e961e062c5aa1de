import { ok, refuse, type Refusal, type Result } from "@/kernel/result"

/** Decoded parameters in the order they came. */
export type Query = readonly (readonly [name: string, value: string])[]

/** Decodes a query. A plus stays a plus: publishers sign and send it as it is (PSH-40). */
export function parseQuery(text: string): Result<Query, Refusal<"bad_query">> {
  try {
    return ok(text.split("&").filter(Boolean).map(parsePair))
  } catch {
    return refuse("bad_query")
  }
}

/** The first value of a parameter. */
export function queryValue(query: Query, name: string): string | null {
  return query.find(([candidate]) => candidate === name)?.[1] ?? null
}

function parsePair(pair: string): readonly [string, string] {
  const equals = pair.indexOf("=")
  if (equals < 0) return [decodeURIComponent(pair), ""]
  return [decodeURIComponent(pair.slice(0, equals)), decodeURIComponent(pair.slice(equals + 1))]
}
