/**
 * The bytes of a request, or undefined when there are more than `most`. What comes after is not read: whoever can reach
 * the port could otherwise fill this process's memory, for a body need not say how long it is.
 */
export async function readBody(request: Request, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(request.headers.get("content-length") ?? "0") > most) return undefined
  const reader = request.body?.getReader()
  if (!reader) return new Uint8Array()
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return new Uint8Array(Buffer.concat(parts, length))
    length += value.byteLength
    if (length > most) {
      await reader.cancel()
      return undefined
    }
    parts.push(value)
  }
}
