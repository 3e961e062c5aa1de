import type { Answer } from "@/kernel/answer"
import type { DriverMapping } from "../input"
import type { ResultFile } from "../result-files/result-file"

export type FilePreview = { file: ResultFile; known: Record<string, string> }
export type FileMapping = { gameId?: string; session: number; drivers: DriverMapping[] }

/** The largest file the server reads, in bytes [RAC-25]: a bigger one need not travel. */
const largestBytes = 8 * 1024 * 1024

/** What a result file holds. Changes nothing. Rejects when the server cannot be reached. */
export function previewResultFile(file: File): Promise<Answer<FilePreview>> {
  return post<FilePreview>("/api/v1/result-file", file)
}

/** Imports one session of a result file: all of it or nothing [RAC-33], once for one `requestId`. Rejects when the server cannot be reached. */
export function importResultFile(
  file: File,
  mapping: FileMapping,
  requestId: string,
): Promise<Answer<{ gameId: string; driverCount: number; lapCount: number; version: number }>> {
  return post("/api/v1/result-file/import", file, { mapping, requestId })
}

async function post<Value extends object>(path: string, file: File, order?: { mapping: FileMapping; requestId: string }): Promise<Answer<Value>> {
  if (file.size > largestBytes) return { success: false, code: "result_file_too_large", error: "That file is larger than 8 MB." }
  const form = new FormData()
  form.set("file", file)
  if (order) form.set("mapping", JSON.stringify(order.mapping))
  const response = await fetch(path, { method: "POST", body: form, headers: order ? { "idempotency-key": order.requestId } : {} })
  return (await response.json()) as Answer<Value>
}
