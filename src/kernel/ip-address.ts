/** An IP address as bytes (4 or 16), or `null` when the text is none. A zone (`fe80::1%eth0`) is left off. */
export function addressBytes(address: string): Buffer | null {
  return address.includes(":") ? ipv6Bytes(address) : ipv4Bytes(address)
}

/** The canonical text of 4 or 16 bytes (RFC 5952). */
export function addressText(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join(".")
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2).toString(16))
  return hostOf(groups.join(":"))!
}

function ipv4Bytes(address: string): Buffer | null {
  const parts = address.split(".")
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null
  return Buffer.from(parts.map(Number))
}

function ipv6Bytes(address: string): Buffer | null {
  const host = hostOf(address.split("%")[0]!)
  if (host === null) return null
  const [head = "", tail] = host.split("::")
  const before = head.split(":").filter(Boolean)
  const after = (tail ?? "").split(":").filter(Boolean)
  const zeros = Array<string>(8 - before.length - after.length).fill("0")
  const bytes = Buffer.alloc(16)
  for (const [i, group] of [...before, ...zeros, ...after].entries()) bytes.writeUInt16BE(parseInt(group, 16), i * 2)
  return bytes
}

/** The URL parser knows every spelling of an IPv6 address and has one for all: four dotted numbers become hex as well. */
function hostOf(address: string): string | null {
  const url = `http://[${address}]/`
  return /^[0-9a-f:.]+$/i.test(address) && URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : null
}
