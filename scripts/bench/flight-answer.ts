import { z } from "zod"

const root = z.object({ a: z.string().regex(/^\$@[0-9a-f]+$/) })
const answer = z.looseObject({ success: z.boolean(), version: z.int().optional(), code: z.string().optional() })

/** What a server action answered, as far as a benchmark wants to know. */
export type FlightAnswer = z.infer<typeof answer>

/**
 * The action's value in the response of a server action: row 0 says which row holds it. What React has put into rows of
 * their own, as it does with large values and with equal ones, is put back. Throws for anything else.
 */
export function flightAnswer(text: string): FlightAnswer {
  const rows = new Map(text.split("\n").map((row) => [row.slice(0, row.indexOf(":")), row.slice(row.indexOf(":") + 1)]))
  const { a } = root.parse(rowOf(rows, "0"))
  return answer.parse(valueOf(rowOf(rows, a.slice(2)), rows))
}

type Rows = ReadonlyMap<string, string>

function rowOf(rows: Rows, id: string): unknown {
  const json = rows.get(id)
  if (json === undefined) throw new Error(`no row ${id} in the answer: ${[...rows.values()].join("\n").slice(0, 200)}`)
  return JSON.parse(json)
}

function valueOf(sent: unknown, rows: Rows): unknown {
  if (typeof sent === "string") return textOf(sent, rows)
  if (Array.isArray(sent)) return sent.map((item) => valueOf(item, rows))
  if (typeof sent !== "object" || sent === null) return sent
  return Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, valueOf(value, rows)]))
}

/** A text that begins with a dollar sign is sent with two of them; with one it stands for something else. */
function textOf(sent: string, rows: Rows): unknown {
  if (sent.startsWith("$$")) return sent.slice(1)
  if (sent === "$undefined") return undefined
  const [, id, path] = /^\$[L@]?([0-9a-f]+)((?::[^:]+)*)$/.exec(sent) ?? []
  if (id === undefined) return sent
  return valueOf(placeIn(rowOf(rows, id), path ?? ""), rows)
}

function placeIn(row: unknown, path: string): unknown {
  return path.split(":").slice(1).reduce((value: unknown, key) => (value as Record<string, unknown> | null)?.[key], row)
}
