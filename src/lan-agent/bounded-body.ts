/** No answer of a party's is longer, and no native file, bytes: whoever sends more would only fill this PC's memory. */
const mostBytes = 32 * 1024 * 1024

/** The body of an answer; null when it is longer than any may be. Rejects when the line breaks. */
export async function boundedBody(response: Response): Promise<Buffer | null> {
  if (!response.body) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length
    chunks.push(part.value)
    if (size <= mostBytes) continue
    await reader.cancel()
    return null
  }
  return Buffer.concat(chunks)
}

/** The same as JSON; null for what is none. */
export async function boundedJson(response: Response): Promise<unknown> {
  const body = await boundedBody(response)
  try {
    return body && (JSON.parse(body.toString("utf8")) as unknown)
  } catch {
    return null
  }
}
