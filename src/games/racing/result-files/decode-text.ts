/**
 * The text of a file of unknown encoding: by its byte order mark, by where its zero bytes are, else UTF-8,
 * else Windows-1252. Null when it claims to be UTF-16 and is not. RAC-25
 */
export function decodeText(bytes: Uint8Array): string | null {
  const utf16 = utf16LabelOf(bytes)
  if (utf16) return decodeStrictly(bytes, utf16)
  // rFactor 2 declares UTF-8 and writes the code page of Windows.
  return decodeStrictly(bytes, "utf-8") ?? new TextDecoder("windows-1252").decode(bytes)
}

// Every format starts with an ASCII sign, so without a mark the zero byte beside it tells the byte order.
function utf16LabelOf([first, second]: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (first === 0xff && second === 0xfe) return "utf-16le"
  if (first === 0xfe && second === 0xff) return "utf-16be"
  if (first !== 0 && second === 0) return "utf-16le"
  if (first === 0 && second !== undefined && second !== 0) return "utf-16be"
  return null
}

function decodeStrictly(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
