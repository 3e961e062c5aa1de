/** An IP address as bytes (4 or 16), or `null` when the text is none. A zone (`fe80::1%eth0`) is left off. */
export function addressBytes(address: string): Buffer | null {
  return address.includes(":") ? ipv6Bytes(address) : ipv4Bytes(address)
}

/** The canonical text of 4 or 16 bytes (RFC 5952). */
export function addressText(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join(".")
  const groups: number[] = []
  for (let at = 0; at < 16; at += 2) groups.push(bytes.readUInt16BE(at))
  const { from, length } = longestZeros(groups)
  const text = groups.map((group) => group.toString(16))
  if (length < 2) return text.join(":")
  return `${text.slice(0, from).join(":")}::${text.slice(from + length).join(":")}`
}

/** The first of the longest runs of zeros: what `::` stands for. */
function longestZeros(groups: readonly number[]): { from: number; length: number } {
  let longest = { from: 0, length: 0 }
  let length = 0
  for (let at = 0; at < groups.length; at++) {
    length = groups[at] === 0 ? length + 1 : 0
    if (length > longest.length) longest = { from: at + 1 - length, length }
  }
  return longest
}

function ipv4Bytes(address: string): Buffer | null {
  const parts = address.split(".")
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null
  return Buffer.from(parts.map(Number))
}

// By hand and not by the URL parser, which takes many times as long: relay and STUN read an address for every datagram.
function ipv6Bytes(address: string): Buffer | null {
  const zone = address.indexOf("%")
  const host = zone < 0 ? address : address.slice(0, zone)
  const gap = host.indexOf("::")
  const before = groupsOf(gap < 0 ? host : host.slice(0, gap), gap < 0)
  const after = gap < 0 ? [] : groupsOf(host.slice(gap + 2), true)
  if (!before || !after) return null
  const leftOut = 8 - before.length - after.length
  if (gap < 0 ? leftOut !== 0 : leftOut < 1) return null
  const bytes = Buffer.alloc(16)
  for (let at = 0; at < before.length; at++) bytes.writeUInt16BE(before[at]!, at * 2)
  for (let at = 0; at < after.length; at++) bytes.writeUInt16BE(after[at]!, 16 - (after.length - at) * 2)
  return bytes
}

const aGroup = /^[0-9a-f]{1,4}$/i

/** The groups of 16 bits on one side of `::`. At the end of an address the last two may be four dotted numbers. */
function groupsOf(text: string, isEnd: boolean): number[] | null {
  if (text === "") return []
  const groups: number[] = []
  const parts = text.split(":", 9)
  const dotted = isEnd && text.includes(".") ? dottedGroups(parts.pop()!) : []
  if (!dotted) return null
  for (const part of parts) {
    if (!aGroup.test(part)) return null
    groups.push(parseInt(part, 16))
  }
  groups.push(...dotted)
  return groups
}

/** Here, unlike where they stand alone, the numbers bear no zeros in front. */
function dottedGroups(text: string): number[] | null {
  const bytes = /\b0\d/.test(text) ? null : ipv4Bytes(text)
  return bytes && [bytes.readUInt16BE(0), bytes.readUInt16BE(2)]
}
