"use client"

import type { ReactNode } from "react"
import { BetsTicker } from "@/betting/ui/bets-ticker"
import type { AnnouncedBet } from "@/betting/ui/latest-bets"
import { RaceHeading } from "@/games/racing/ui/race-heading"
import { useNight } from "@/live/use-night"
import type { Programme } from "./candidate"
import { marketOf, Tower } from "./race-stage"

type RacesStageProps = {
  programme: Extract<Programme, { kind: "races" }>
  bets: readonly AnnouncedBet[]
  nowMs: number
  corner: ReactNode
}

/** Several races at once: two side by side, more take turns. */
export function RacesStage({ programme, bets, nowMs, corner }: RacesStageProps) {
  const { night } = useNight()
  const { races, page, pages } = programme
  return (
    <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] gap-6">
      <div className="grid min-h-0 grid-cols-2 gap-12 pt-10">
        {races.map((race) => (
          <section key={race.gameId} aria-label={race.title} className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)] gap-5">
            <RaceHeading race={race} size="compact" />
            <Tower race={race} market={marketOf(night.markets, race)} nowMs={nowMs} size="compact" />
          </section>
        ))}
      </div>
      <div className="flex items-end justify-between gap-10">
        {corner}
        {pages > 1 && <p className="numerals text-5xl text-muted">{`${page + 1} / ${pages}`}</p>}
        <div className="w-[36rem]">{bets.length > 0 && <BetsTicker bets={bets} limit={2} />}</div>
      </div>
    </div>
  )
}
