import { LARGEST_RESULT_FILE_BYTES } from "@/games/racing/result-files/read-result-file"
import { ok, refuse, type Result } from "@/kernel/result"
import { partyIdOf } from "./actor"
import type { Claims } from "./identity"
import { readBody } from "./read-body"
import type { AppRefusal } from "./refusal"

// What a multipart form adds around the file.
const envelopeBytes = 64 * 1024

/**
 * The `file` of a form a host uploads, and its other fields as text. Of one that is too large no more is read than is allowed
 * [RAC-25]; for who holds no host's seal nothing is, since taking eight megabytes apart stops the whole party for seconds [PTY-17].
 */
export async function readUpload(
  request: Request,
  claims: Claims,
): Promise<Result<{ file: Uint8Array; field(name: string): string | undefined }, AppRefusal>> {
  const host = partyIdOf("host", claims)
  if (!host.ok) return host
  const type = request.headers.get("content-type") ?? ""
  const body = await readBody(request, LARGEST_RESULT_FILE_BYTES + envelopeBytes)
  if (!body) return refuse("result_file_too_large", { maxBytes: LARGEST_RESULT_FILE_BYTES })
  // A form of the other kind may have millions of fields in as many bytes.
  const isMultipart = type.startsWith("multipart/form-data")
  const form = isMultipart ? await new Response(body, { headers: { "content-type": type } }).formData().catch(() => undefined) : undefined
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
