"use client"

import { useState } from "react"
import { useNight } from "@/live/use-night"
import { programmeOf, type PinnedView, type Programme } from "./programme"
import { firstSight, nextSight } from "./sight"

/** What is on, followed by itself unless it is pinned: this screen by its address, else all by the host. `nowMs` by the server's clock. */
export function useProgramme(pinned: PinnedView, nowMs: number): Programme {
  const { night } = useNight()
  const [sight, setSight] = useState(() => firstSight({ races: night.races, imposter: night.imposter }))
  const isSame = sight.played.races === night.races && sight.played.imposter === night.imposter
  const current = isSame ? sight : nextSight(sight, { races: night.races, imposter: night.imposter }, nowMs)
  if (current !== sight) setSight(current)
  return programmeOf(night, current, { pinned: pinned ?? night.party.tvView, nowMs })
}
