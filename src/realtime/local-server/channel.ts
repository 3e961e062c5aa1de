import type { ChannelName } from "./channel-name"
import type { Connection } from "./connection"
import type { Frame } from "./outbound"
import { Presence } from "./presence"

/** A channel somebody listens to. It exists from the first subscriber to the last. */
export class Channel {
  readonly subscribers = new Set<Connection>()
  readonly presence: Presence | null

  constructor(readonly name: ChannelName) {
    this.presence = name.access === "presence" ? new Presence() : null
  }

  /** Sends one encoded frame to everybody but the socket named. Gives how many it went to. */
  broadcast(frame: Frame, exceptSocketId: string | null): number {
    let sent = 0
    for (const subscriber of this.subscribers) {
      if (subscriber.socketId !== exceptSocketId && subscriber.send(frame)) sent += 1
    }
    return sent
  }
}
