"use client"

import { useEffect } from "react"
import { loadPusher } from "./load-pusher"
import { openPartySocket, type SocketConfig, type SocketHandlers } from "./party-socket"
import { watchWake } from "./wake"

/** Away for longer than this, in ms, a connection is not trusted any more. */
const trustedAwayMs = 5000

export type PartySocketProps = {
  readonly config: SocketConfig
  /** Names made by `channelOf`. */
  readonly channels: readonly string[]
  /** Keep the object the same from render to render: a new one means a new connection. */
  readonly handlers: SocketHandlers & { onWake(): void }
  /** False closes the connection: a kicked guest needs none. */
  readonly isOn: boolean
}

/** A connection to the channels while the component lives; a new one when the device wakes. */
export function usePartySocket({ config: { key, cluster, isLocal }, channels, handlers, isOn }: PartySocketProps): void {
  // Names have no spaces. As text they compare by value, so that a fresh but equal list keeps the connection.
  const names = channels.join(" ")

  useEffect(() => {
    if (!isOn) return
    const socket = openPartySocket({
      config: { key, cluster, isLocal },
      channels: names.split(" "),
      handlers,
      surroundings: {
        loadPusher,
        location: window.location,
        setTimer(run, delayMs) {
          const timer = setTimeout(run, delayMs)
          return () => clearTimeout(timer)
        },
      },
    })
    const stopWatching = watchWake({ document, window, nowMs: Date.now }, (awayMs) => {
      if (awayMs > trustedAwayMs) socket.renew()
      handlers.onWake()
    })
    window.addEventListener("offline", socket.loseNetwork)
    return () => {
      window.removeEventListener("offline", socket.loseNetwork)
      stopWatching()
      socket.stop()
    }
  }, [key, cluster, isLocal, names, handlers, isOn])
}
