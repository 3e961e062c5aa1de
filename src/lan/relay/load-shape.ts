import { z } from "zod"
import { dropReasons, type RelayLoad } from "./relay"

/**
 * [LAN-91] What the host is shown of the relay. `relay` is `none` without one, `here` when this process runs it, and
 * `elsewhere` when it is another's (`npm run relay`), whose load nobody here knows: then `load` is null.
 * The first four numbers are of the party's own network since its first session, the last two of the whole relay since its start.
 */
export const relayLoadShape = z.object({
  relay: z.enum(["none", "here", "elsewhere"]),
  load: z
    .object({
      sessions: z.int().describe("Open now: one for each direction of a pair."),
      forwarded_packets: z.int(),
      forwarded_bytes: z.int(),
      dropped_packets: z.int(),
      websockets: z.int().describe("PCs connected by WebSocket now, for UDP does not reach them."),
      drops: z.record(z.enum(dropReasons), z.int()).describe("Why the relay sent a datagram no further, whoever it came from."),
    })
    .nullable(),
})
export type RelayLoadShown = z.infer<typeof relayLoadShape>

/** The numbers of one network, or of none yet. */
export function relayLoadFor(networkId: string | null, { networks, drops, websockets }: RelayLoad): NonNullable<RelayLoadShown["load"]> {
  const own = networkId === null ? undefined : networks.get(networkId)
  return {
    sessions: own?.sessions ?? 0,
    forwarded_packets: own?.forwardedPackets ?? 0,
    forwarded_bytes: own?.forwardedBytes ?? 0,
    dropped_packets: own?.droppedPackets ?? 0,
    websockets,
    drops,
  }
}
