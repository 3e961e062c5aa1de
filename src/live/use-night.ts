"use client"

import { createContext, use, useEffect, useEffectEvent } from "react"
import type { CommandAnswer } from "./command-answer"
import type { Moment } from "./moment"
import type { NightView } from "./night-view"
import type { Gone } from "./snapshot"
import type { Connection, Synchroniser } from "./synchroniser"

/** What every screen of the night has at hand. */
export type LiveNight = {
  readonly night: NightView
  readonly connection: Connection
  /** Add to this device's clock to get the server's, in ms. */
  readonly serverOffsetMs: number
  /** Set when this screen is no longer part of the night: show why instead of the night. */
  readonly gone: Gone | null
  /** Ids of the guests who are online; null unless the provider was told to watch presence. */
  readonly onlineIds: ReadonlySet<string> | null
  /** Fetches the night at once. */
  readonly refetch: () => void
  /** Shows what a command's own answer told, without waiting for the socket. */
  readonly mergeAnswer: (answer: CommandAnswer) => void
  readonly onMoment: Synchroniser["onMoment"]
}

export const LiveNightContext = createContext<LiveNight | null>(null)

/** The night, live. Throws outside a `NightProvider`. */
export function useNight(): LiveNight {
  const live = use(LiveNightContext)
  if (!live) throw new Error("useNight needs a NightProvider above it")
  return live
}

/** Calls `handler` once for every moment, with the night that already has it. The handler need not be memoised. */
export function useMoment(handler: (moment: Moment, night: NightView) => void): void {
  const { onMoment } = useNight()
  const onEvent = useEffectEvent(handler)
  useEffect(() => onMoment((moment, night) => onEvent(moment, night)), [onMoment])
}
