import { previewResultFile } from "@/games/racing/import-commands"
import { responding } from "@/server/endpoint"
import { claimsOfRequest } from "@/server/request"
import { runQuery } from "@/server/run-query"
import { readUpload } from "@/server/upload"

/** What a dropped result file holds (form field `file`). Changes nothing. */
export async function POST(request: Request): Promise<Response> {
  return responding("previewResultFile", async (parts) => {
    const claims = await claimsOfRequest(parts)
    const upload = await readUpload(request, claims)
    if (!upload.ok) return upload
    return runQuery(parts, previewResultFile, claims, { file: upload.value.file })
  })
}
