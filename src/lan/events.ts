import * as z from "zod/mini"
import { partyEvent } from "@/realtime/event"
import { lanSummary } from "./view"

/** What the party's screens hear of the LAN: the whole small picture, so that nobody has to ask. */
export const lanEvents = {
  /** [LAN-71] Null when the network ended. */
  lanChanged: partyEvent("lan", "lan-changed", z.object({ lan: z.nullable(lanSummary) })),
}
