/** How a packet to everybody travels between two agents: mark, who counted, count, the packet itself. */
export type DiscoveryFrame = {
  /** Drawn by the sender when it starts, 32 bits. */
  session: number
  /** Counts up with every packet of the session, 32 bits. */
  count: number
  packet: Buffer
}

const mark = Buffer.from("PLD1", "latin1")
const frameHeaderBytes = mark.length + 8

/** `session` and `count` together name a packet: it may come by more than one path. */
export function writeDiscoveryFrame({ session, count, packet }: DiscoveryFrame): Buffer {
  const header = Buffer.alloc(frameHeaderBytes)
  mark.copy(header)
  header.writeUInt32BE(session, mark.length)
  header.writeUInt32BE(count, mark.length + 4)
  return Buffer.concat([header, packet])
}

/** `null` for what is no frame. Never throws. */
export function readDiscoveryFrame(datagram: Buffer): DiscoveryFrame | null {
  if (datagram.length <= frameHeaderBytes || !datagram.subarray(0, mark.length).equals(mark)) return null
  return {
    session: datagram.readUInt32BE(mark.length),
    count: datagram.readUInt32BE(mark.length + 4),
    packet: datagram.subarray(frameHeaderBytes),
  }
}
