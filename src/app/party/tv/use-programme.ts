"use client"

import { useState } from "react"
import { tellingMs } from "@/games/quipflip/reveal-timeline"
import type { ToldResults } from "@/games/quipflip/ui/tv-results"
import { useNight } from "@/live/use-night"
import { type Beside, besideOf } from "./beside"
import type { Programme } from "./candidate"
import { programmeOf, type PinnedView } from "./programme"
import { firstSight, nextSight, type Played } from "./sight"

type UseProgramme = {
  /** This screen's own pin, by its address. */
  pinned: PinnedView
  results: ToldResults
  /** By the server's clock. */
  nowMs: number
}

/** What is on and what else, followed by itself unless it is pinned: this screen by its address, else all by the host. */
export function useProgramme({ pinned, results, nowMs }: UseProgramme): { programme: Programme; beside: Beside | null } {
  const { night } = useNight()
  const played: Played = { races: night.races, imposter: night.imposter, sessions: night.sessions }
  const [seen, setSight] = useState(() => firstSight(played))
  const { races, imposter, sessions } = seen.played
  const isSame = races === played.races && imposter === played.imposter && sessions === played.sessions
  const sight = isSame ? seen : nextSight(seen, played, nowMs)
  if (sight !== seen) setSight(sight)
  const tellingMsOf = (sessionId: string) => {
    const told = results.get(sessionId)
    return told ? tellingMs(told) : null
  }
  const watched = { night, sight, tellingMsOf, nowMs }
  const programme = programmeOf(watched, pinned ?? night.party.tvView)
  return { programme, beside: besideOf(programme, watched) }
}
