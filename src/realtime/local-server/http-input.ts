import { z } from "zod"
import { addresseeOf, parseChannelName } from "./channel-name"
import type { LocalPusherLimits } from "./limits"
import type { Publication } from "./publish"

/** The attributes a caller asks for, as a set; absent and unknown ones count for nothing. */
const info = z
  .string()
  .nullish()
  .transform((text): ReadonlySet<string> | null => (text ? new Set(text.split(",")) : null))

/** The bodies of `POST /events` and `POST /batch_events` (PSH-42 – PSH-44). Sizes of data are judged apart, as they answer 413. */
export function createEventInputs(limits: LocalPusherLimits) {
  const channel = z.string().refine((text) => isPublishable(text, limits))
  const common = {
    name: z.string().min(1).max(limits.maxEventNameLength),
    data: z.string(),
    socket_id: z
      .string()
      .regex(/^\d+\.\d+$/)
      .nullish(),
    info,
  }
  const single = z.object({ ...common, channel })
  const toMany = z.object({ ...common, channels: z.array(channel).min(1).max(limits.maxChannelsPerEvent) })
  return {
    event: z.union([toMany, single.transform(({ channel: only, ...rest }) => ({ ...rest, channels: [only] }))]),
    batch: z.object({ batch: z.array(single).max(limits.maxBatchLength) }),
  }
}

export type EventInputs = ReturnType<typeof createEventInputs>

type EventInput = { name: string; data: string; socket_id?: string | null }

/** One event for one channel. */
export function publicationOf({ name, data, socket_id }: EventInput, channel: string): Publication {
  return { name, channel, data, exceptSocketId: socket_id ?? null }
}

function isPublishable(text: string, limits: LocalPusherLimits): boolean {
  return addresseeOf(text) !== null || parseChannelName(text, limits.maxPublishedNameLength).ok
}
