"use client"

import type { ReactNode } from "react"
import { TopPayouts, type Payout } from "@/betting/ui/top-payouts"
import { Podium } from "@/games/racing/ui/podium"
import { RaceHeading } from "@/games/racing/ui/race-heading"
import type { RaceView } from "@/games/racing/view"
import { useNight } from "@/live/use-night"
import { EveningTable } from "@/party/ui/evening-table"
import { Confetti } from "@/ui/confetti"

/** Wins and the evening's table share one column. */
const rowLimit = 7
const payoutLimit = 4

/** The end of a race: podium and who got rich; or that it was called off. */
export function ResultStage({ race, payouts, corner }: { race: RaceView; payouts: readonly Payout[]; corner: ReactNode }) {
  const isFinished = race.status === "FINISHED"
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_36rem] grid-rows-[auto_minmax(0,1fr)] gap-x-12 gap-y-7">
      <div className="col-span-full pr-56"><RaceHeading race={race} size="full" /></div>
      {isFinished ? <Podium race={race} /> : <CalledOff />}
      <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] gap-6">
        <Riches payouts={payouts} />
        {corner}
      </div>
      <Confetti shot={isFinished ? race.gameId : null} />
    </div>
  )
}

function Riches({ payouts }: { payouts: readonly Payout[] }) {
  const { night } = useNight()
  return (
    <section aria-label="Coins" className="grid min-h-0 content-start gap-5 overflow-hidden">
      {payouts.length > 0 && <h2 className="text-5xl">Biggest wins</h2>}
      {payouts.length > 0 && <TopPayouts payouts={payouts} limit={payoutLimit} />}
      <h2 className="text-5xl">Tonight&apos;s table</h2>
      <EveningTable table={night.table} limit={rowLimit - Math.min(payouts.length, payoutLimit)} />
    </section>
  )
}

function CalledOff() {
  return (
    <div className="grid content-center gap-4">
      <h2 className="text-9xl">No result</h2>
      <p className="text-5xl text-muted">Every stake goes back to its purse.</p>
    </div>
  )
}
