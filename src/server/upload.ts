import { LARGEST_RESULT_FILE_BYTES } from "@/games/racing/result-files/read-result-file"
import { ok, refuse, type Result } from "@/kernel/result"
import { readBody } from "./read-body"
import type { AppRefusal } from "./refusal"

// What a multipart form adds around the file.
const envelopeBytes = 64 * 1024

/** The `file` of an uploaded form, and its other fields as text. Of one that is too large no more is read than is allowed [RAC-25]. */
export async function readUpload(
  request: Request,
): Promise<Result<{ file: Uint8Array; field(name: string): string | undefined }, AppRefusal>> {
  const body = await readBody(request, LARGEST_RESULT_FILE_BYTES + envelopeBytes)
  if (!body) return refuse("result_file_too_large", { maxBytes: LARGEST_RESULT_FILE_BYTES })
  const headers = { "content-type": request.headers.get("content-type") ?? "" }
  const form = await new Response(body, { headers }).formData().catch(() => undefined)
  const file = form?.get("file")
  if (!form || !(file instanceof File)) return refuse("input_invalid", { reason: "Choose a result file." })
  return ok({
    file: new Uint8Array(await file.arrayBuffer()),
    field(name) {
      const value = form.get(name)
      return typeof value === "string" ? value : undefined
    },
  })
}
