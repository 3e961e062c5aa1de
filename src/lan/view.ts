import * as z from "zod/mini"

const connectionType = z.enum(["host", "direct", "relayed", "connecting", "failed", "unknown"])

/** [LAN-71] A PC as the party's screens see it: no endpoint, no key, no token. `latencyMs` is the median to the others. */
const lanPeerSummary = z.object({
  id: z.string(),
  /** Whose it is; null for the host's. */
  guestId: z.nullable(z.string()),
  name: z.string(),
  virtualIp: z.string(),
  connectionType,
  latencyMs: z.nullable(z.number()),
})
export type LanPeerSummary = z.infer<typeof lanPeerSummary>

/** [LAN-71] The network as everybody at the party sees it. */
export const lanSummary = z.object({
  id: z.string(),
  name: z.string(),
  maxPeers: z.int(),
  hasPassword: z.boolean(),
  peerCount: z.int(),
  /** How many PCs are troubled how: the summary's words, counted over all of them. */
  counts: z.partialRecord(connectionType, z.int()),
  /** The first `mostShown` in the order of their addresses. */
  peers: z.array(lanPeerSummary),
})
export type LanSummary = z.infer<typeof lanSummary>

/** More would not travel in one event. */
export const mostShown = 40
