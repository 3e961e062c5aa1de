import { z } from "zod"

const root = z.object({ a: z.string().regex(/^\$@[0-9a-f]+$/) })
const answer = z.looseObject({ success: z.boolean(), version: z.int().optional(), code: z.string().optional() })

/** What a server action answered, as far as a benchmark wants to know. */
export type FlightAnswer = z.infer<typeof answer>

/**
 * The action's value in the response of a server action: row 0 says which row holds it. Nested values may be references
 * to other rows; the ones read here never are. Throws for anything else.
 */
export function flightAnswer(text: string): FlightAnswer {
  const { a } = root.parse(rowOf(text, "0"))
  return answer.parse(rowOf(text, a.slice(2)))
}

function rowOf(text: string, id: string): unknown {
  const line = text.split("\n").find((row) => row.startsWith(`${id}:`))
  if (!line) throw new Error(`no row ${id} in the answer: ${text.slice(0, 200)}`)
  return JSON.parse(line.slice(id.length + 1))
}
