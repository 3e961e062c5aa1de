import { createInterface } from "node:readline"
import { z } from "zod"

/** A program: asks a party's REST API from inside a namespace. One question per line of stdin, one answer per line of stdout. */
const question = z.object({
  id: z.number(),
  method: z.enum(["GET", "POST"]),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string().optional(),
})

createInterface({ input: process.stdin }).on("line", (line) => void carry(line))

async function carry(line: string): Promise<void> {
  const { id, method, url, headers, body } = question.parse(JSON.parse(line))
  try {
    const response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(20_000) })
    console.log(JSON.stringify({ id, status: response.status, body: await response.text() }))
  } catch (error) {
    console.log(JSON.stringify({ id, status: 0, body: error instanceof Error ? error.message : String(error) }))
  }
}

console.log("ready")
