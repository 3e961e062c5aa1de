import Papa from "papaparse"
import { replyTo } from "@/server/answer"
import { exportNight } from "@/server/export-night"
import { claimsOfRequest } from "@/server/request"
import { runQuery } from "@/server/run-query"
import { runtime } from "@/server/runtime"

const tables = ["guests", "races", "entries", "laps", "markets", "bets", "rounds", "players", "transfers"] as const

// How a cell begins that runs in a spreadsheet. Papa's own pattern lets one with a line break pass.
const formula = /^[=+\-@\s]/

/** The whole night as JSON, or one table of it as CSV with `?table=laps`. */
export async function GET(request: Request): Promise<Response> {
  const parts = runtime()
  const { answer, status } = await replyTo(parts.log, "exportNight", async () =>
    runQuery(parts, exportNight, await claimsOfRequest(parts), {}),
  )
  if (!answer.success) return Response.json(answer, { status })
  const { success: _success, ...night } = answer
  const asked = new URL(request.url).searchParams.get("table")
  const table = tables.find((known) => known === asked)
  if (!table) return download(JSON.stringify(night, null, 2), "application/json", "party-night.json")
  // Guests type names, cars and tracks.
  const csv = Papa.unparse<Record<string, unknown>>(night[table], { escapeFormulae: formula })
  return download(csv, "text/csv; charset=utf-8", `party-${table}.csv`)
}

function download(body: string, type: string, name: string): Response {
  return new Response(body, {
    headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
  })
}
