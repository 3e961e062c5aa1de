import "server-only"
import { z } from "zod"
import { ok, type Result } from "@/kernel/result"
import { query } from "@/party/command"
import { nothing } from "@/party/input"
import { channelOf } from "@/realtime/channels"
import { restDoor } from "./rest-endpoint"
import { runQuery } from "./run-query"

/** How a program follows the party: what it hears are hints, and what it asks for afterwards is the truth. */
export const realtimeAnswer = z
  .object({
    success: z.literal(true),
    key: z.string().describe("The Pusher key."),
    cluster: z.string().nullable().describe("Pusher's cluster; null when the party runs its own server, at this host and port."),
    auth_endpoint: z.string(),
    channels: z.object({ quipflip: z.string(), guest: z.string() }),
    version: z.int(),
  })
  .meta({ id: "Realtime" })

const ownChannels = query({
  name: "ownChannels",
  who: "guest",
  input: nothing,
  async run({ party, actor }): Promise<Result<{ channels: { quipflip: string; guest: string }; version: number }, never>> {
    const quipflip = channelOf({ kind: "party", topic: "quipflip", partyId: party.id })
    return ok({ channels: { quipflip, guest: channelOf({ kind: "guest", guestId: actor.guest.id }) }, version: party.version })
  },
})

export const realtimeDoor = restDoor({
  method: "get",
  path: "/api/v1/realtime",
  summary: "Where the party's events are heard, by the Pusher protocol",
  params: nothing,
  input: nothing,
  answer: realtimeAnswer,
  errors: ["not_signed_in", "kicked", "party_unknown", "input_invalid"],
  work: async ({ parts, caller }) => {
    const found = await runQuery(parts, ownChannels, caller.claims, {})
    if (!found.ok) return found
    const { PUSHER_KEY, PUSHER_CLUSTER, PUSHER_IS_LOCAL } = parts.env
    return ok({ key: PUSHER_KEY, cluster: PUSHER_IS_LOCAL ? null : (PUSHER_CLUSTER ?? null), auth_endpoint: "/api/pusher/auth", ...found.value })
  },
})
