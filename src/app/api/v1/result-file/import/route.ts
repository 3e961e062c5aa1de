import { importResultFile } from "@/games/racing/import-commands"
import { refuse } from "@/kernel/result"
import { readRequestId } from "@/server/action"
import { responding } from "@/server/endpoint"
import { claimsOfRequest } from "@/server/request"
import { runCommand } from "@/server/run-command"
import { readUpload } from "@/server/upload"

/**
 * Imports one session of a result file: form fields `file` and `mapping` (JSON: gameId, session, drivers). It needs an
 * `Idempotency-Key`: sent twice it would seat new drivers twice [PTY-14], and a form on a foreign page cannot send one.
 */
export async function POST(request: Request): Promise<Response> {
  return responding("importResultFile", async (parts) => {
    const requestId = readRequestId(request.headers.get("idempotency-key"))
    if (!requestId.ok) return requestId
    if (!requestId.value) return refuse("input_invalid", { reason: "Send an Idempotency-Key." })
    const claims = await claimsOfRequest(parts)
    const upload = await readUpload(request, claims)
    if (!upload.ok) return upload
    const mapping = parseJson(upload.value.field("mapping"))
    if (!mapping) return refuse("input_invalid", { reason: "Say who the drivers are." })
    return runCommand(parts, importResultFile, { claims, requestId: requestId.value }, { ...mapping, file: upload.value.file })
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
