import { LARGEST_RESULT_FILE_BYTES } from "@/games/racing/result-files/read-result-file"
import { ok, refuse, type Result } from "@/kernel/result"
import type { AppRefusal } from "./refusal"

// What a multipart form adds around the file.
const envelopeBytes = 64 * 1024

/** The `file` of an uploaded form, and its other fields as text. Too large is refused before it is read [RAC-25]. */
export async function readUpload(
  request: Request,
): Promise<Result<{ file: Uint8Array; field(name: string): string | undefined }, AppRefusal>> {
  const length = Number(request.headers.get("content-length") ?? "0")
  if (length > LARGEST_RESULT_FILE_BYTES + envelopeBytes) {
    return refuse("result_file_too_large", { maxBytes: LARGEST_RESULT_FILE_BYTES })
  }
  const form = await request.formData().catch(() => undefined)
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
