import { importResultFile } from "@/games/racing/import-commands"
import { refuse } from "@/kernel/result"
import { responding } from "@/server/endpoint"
import { claimsOfRequest } from "@/server/request"
import { runCommand } from "@/server/run-command"
import { readUpload } from "@/server/upload"

/** Imports one session of a result file: form fields `file` and `mapping` (JSON: gameId, session, drivers). */
export async function POST(request: Request): Promise<Response> {
  return responding("importResultFile", async (parts) => {
    const upload = await readUpload(request)
    if (!upload.ok) return upload
    const mapping = parseJson(upload.value.field("mapping"))
    if (!mapping) return refuse("input_invalid", { reason: "Say who the drivers are." })
    const caller = { claims: await claimsOfRequest(parts) }
    return runCommand(parts, importResultFile, caller, { ...mapping, file: upload.value.file })
  })
}

function parseJson(text: string | undefined): object | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "")
    return typeof value === "object" && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
