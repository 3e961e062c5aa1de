import type { IncomingMessage } from "node:http"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"

/** Reads a whole body of at most `maxBytes`. What is too long is refused at once and the rest thrown away unread (PSH-53). */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Result<Buffer, Refusal<"body_too_large" | "body_aborted">>> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > maxBytes) {
        chunks.length = 0
        resolve(refuse("body_too_large"))
        // Whoever goes on sending after the refusal is cut off.
        if (bytes > 4 * maxBytes) request.destroy()
        return
      }
      chunks.push(chunk)
    })
    request.on("end", () => resolve(ok(Buffer.concat(chunks))))
    request.on("error", () => resolve(refuse("body_aborted")))
    request.on("close", () => resolve(refuse("body_aborted")))
  })
}
