import { z } from "zod"
import { connectionTypes } from "./protocol"

/** The summary of view.ts for the API's document, which knows only the larger Zod. */
export const summaryShape = z
  .object({
    id: z.string(),
    name: z.string(),
    maxPeers: z.int(),
    hasPassword: z.boolean(),
    peerCount: z.int(),
    counts: z.object(Object.fromEntries(connectionTypes.map((type) => [type, z.int().optional()]))),
    peers: z.array(
      z.object({
        id: z.string(),
        guestId: z.string().nullable().describe("Whose PC it is; null for the host's."),
        name: z.string(),
        virtualIp: z.string(),
        connectionType: z.enum(connectionTypes),
        latencyMs: z.number().nullable(),
      }),
    ),
  })
  .meta({ id: "LanNetwork" })
