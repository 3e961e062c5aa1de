"use client"

import { type ReactNode, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react"
import { channelOf } from "@/realtime/channels"
import type { SocketConfig } from "@/realtime/party-socket"
import { type PartySocketProps, usePartySocket } from "@/realtime/use-party-socket"
import { createBrowserSynchroniser } from "./browser-synchroniser"
import type { EventProblem } from "./catalogue"
import { channelsFor } from "./channels-for"
import type { NightView, Surface } from "./night-view"
import { type LiveNight, LiveNightContext } from "./use-night"

type NightProviderProps = {
  /** What the server rendered this page from. A newer one (a refreshed route) is taken over. */
  initial: NightView
  surface: Surface
  realtime: SocketConfig
  /** Joins the presence channel and tells who is online. A hundred members are all it holds. */
  presence?: boolean
  /** An event could not be read; the snapshot was fetched instead. */
  onProblem?: (problem: EventProblem) => void
  children: ReactNode
}

/** Keeps the night of everything below it live. Another party or another guest starts afresh. */
export function NightProvider(props: NightProviderProps) {
  const { surface, initial } = props
  return <OneNight key={`${surface} ${initial.party.id} ${initial.me?.id}`} {...props} />
}

function OneNight({ initial, surface, realtime, presence = false, onProblem, children }: NightProviderProps) {
  const [synchroniser] = useState(() => createBrowserSynchroniser(initial, surface, onProblem))
  const { subscribe, getState } = synchroniser
  const { night, connection, serverOffsetMs, gone } = useSyncExternalStore(subscribe, getState, getState)
  const [onlineIds, setOnlineIds] = useState<ReadonlySet<string> | null>(null)

  useEffect(() => {
    synchroniser.start()
    return synchroniser.stop
  }, [synchroniser])

  useEffect(() => synchroniser.offer(initial), [synchroniser, initial])

  useEffect(() => {
    if (gone?.code === "elsewhere") window.location.reload()
  }, [gone])

  const handlers = useMemo<PartySocketProps["handlers"]>(
    () => ({
      onEvent: synchroniser.receive,
      onLine: synchroniser.setLine,
      onSubscribed: () => synchroniser.refetch("subscribed"),
      onRefused: () => synchroniser.refetch("refused"),
      onWake: () => synchroniser.refetch("wake"),
      onMembers: (ids) => setOnlineIds(new Set(ids)),
    }),
    [synchroniser],
  )
  const channels = channelsFor(surface, initial)
  if (presence) channels.push(channelOf({ kind: "presence", partyId: initial.party.id }))
  usePartySocket({ config: realtime, channels, handlers, isOn: gone === null })

  const refetch = useCallback(() => synchroniser.refetch("asked"), [synchroniser])
  const live = useMemo<LiveNight>(
    () => ({
      night: night ?? initial,
      connection,
      serverOffsetMs,
      gone,
      onlineIds,
      refetch,
      mergeAnswer: synchroniser.mergeAnswer,
      onMoment: synchroniser.onMoment,
    }),
    [night, initial, connection, serverOffsetMs, gone, onlineIds, refetch, synchroniser],
  )
  return <LiveNightContext value={live}>{children}</LiveNightContext>
}
