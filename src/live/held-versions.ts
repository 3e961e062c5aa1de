import type { ChannelTopic } from "./catalogue"

/**
 * What is held of each channel: `max(snapshot's version, last applied event's version)`. A snapshot holds everything up
 * to its version on every channel, so it is the floor for all of them.
 */
export function createHeldVersions() {
  let floor = 0
  let newest = 0
  const byTopic = new Map<ChannelTopic, number>()
  return {
    of: (topic: ChannelTopic) => Math.max(floor, byTopic.get(topic) ?? 0),
    /** The newest version shown: what a snapshot must have to be let in. */
    newest: () => newest,
    applied(topic: ChannelTopic, version: number): void {
      byTopic.set(topic, version)
      newest = Math.max(newest, version)
    },
    /** Something of this version is shown, though its channel has not brought it yet. */
    shown(version: number): void {
      newest = Math.max(newest, version)
    },
    snapshot(version: number): void {
      floor = version
      newest = Math.max(newest, version)
    },
  }
}
