import type { ChannelTopic } from "./catalogue"

/** As many versions as are remembered of a channel; a duplicate older than all of them counts as heard. */
const versionsKept = 200

/** Tells whether an event was heard before: delivery can repeat, a moment must not. */
export function createHeardOnce() {
  const heard = new Map<ChannelTopic, number[]>()
  return {
    /** True the first time. One event per channel and version. */
    isNew(topic: ChannelTopic, version: number): boolean {
      const versions = heard.get(topic) ?? []
      const isForgotten = versions.length === versionsKept && version < Math.min(...versions)
      if (isForgotten || versions.includes(version)) return false
      heard.set(topic, [...versions, version].sort((a, b) => a - b).slice(-versionsKept))
      return true
    },
  }
}
