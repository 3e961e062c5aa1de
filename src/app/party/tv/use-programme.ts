"use client"

import { useState } from "react"
import { useNight } from "@/live/use-night"
import { firstSight, nextSight, programmeOf, type PinnedView, type Programme } from "./programme"

/** What is on, followed by itself. `nowMs` by the server's clock. */
export function useProgramme(pinned: PinnedView, nowMs: number): Programme {
  const { night } = useNight()
  const [ends, setEnds] = useState(() => firstSight(night.races))
  const current = ends.races === night.races ? ends : nextSight(ends, night.races, nowMs)
  if (current !== ends) setEnds(current)
  return programmeOf(night, current, { pinned, nowMs })
}
