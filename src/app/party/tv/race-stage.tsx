"use client"

import type { ReactNode } from "react"
import { BetsTicker } from "@/betting/ui/bets-ticker"
import type { AnnouncedBet } from "@/betting/ui/latest-bets"
import { multiplierText } from "@/betting/ui/multiplier-text"
import { OddsBoard } from "@/betting/ui/odds-board"
import type { MarketView } from "@/betting/view"
import { LatestLaps } from "@/games/racing/ui/latest-laps"
import { RaceHeading } from "@/games/racing/ui/race-heading"
import { TimingTower } from "@/games/racing/ui/timing-tower"
import type { RaceView } from "@/games/racing/view"
import { useNight } from "@/live/use-night"
import { EveningTable } from "@/party/ui/evening-table"
import { Coins } from "@/ui/coins"

type RaceStageProps = { race: RaceView; bets: readonly AnnouncedBet[]; nowMs: number; corner: ReactNode }

/** So few leave room under the tower. */
const fewDrivers = 5

/** One race on the whole screen: before it the money, during it the times. */
export function RaceStage({ race, bets, nowMs, corner }: RaceStageProps) {
  const { night } = useNight()
  const market = marketOf(night.markets, race)
  const isBetting = race.status === "OPEN_FOR_BETS" && market !== undefined
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_33rem] grid-rows-[auto_minmax(0,1fr)] gap-x-10 gap-y-7">
      <div className="col-span-full pr-56"><RaceHeading race={race} size="full" /></div>
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] gap-6">
        {isBetting ? <OddsBoard market={market} size="full" /> : <Tower race={race} market={market} nowMs={nowMs} size="full" />}
        {race.board.length > 0 && race.board.length <= fewDrivers && <Underneath race={race} />}
      </div>
      <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] gap-6">
        <div className="grid min-h-0 content-start gap-5 overflow-hidden">
          {isBetting ? <Betting market={market} bets={bets.filter(({ gameId }) => gameId === race.gameId)} /> : <Beside market={market} />}
        </div>
        {corner}
      </div>
    </div>
  )
}

/** What to do, or what has just happened. */
function Underneath({ race }: { race: RaceView }) {
  if (race.status === "LIVE") return <LatestLaps race={race} />
  const isBetting = race.status === "OPEN_FOR_BETS"
  return (
    <div className="grid gap-3">
      <h2 className="text-7xl">{isBetting ? "Who wins?" : "Who else drives?"}</h2>
      <p className="text-4xl text-muted">{isBetting ? "Bet on your phone. The green flag closes it." : "Sign up on your phone, or call your name to the host."}</p>
    </div>
  )
}

function Betting({ market, bets }: { market: MarketView; bets: readonly AnnouncedBet[] }) {
  return (
    <>
      <Pool market={market} />
      <h2 className="text-4xl">Latest bets</h2>
      <BetsTicker bets={bets} limit={5} />
    </>
  )
}

function Beside({ market }: { market: MarketView | undefined }) {
  const { night } = useNight()
  if (!market || market.poolCoins === 0) {
    if (night.table.length === 0) return null
    return (
      <>
        <h2 className="text-4xl">Tonight&apos;s table</h2>
        <EveningTable table={night.table} limit={6} />
      </>
    )
  }
  return (
    <>
      <Pool market={market} />
      <h2 className="text-4xl">Money on</h2>
      <OddsBoard market={market} size="side" />
    </>
  )
}

function Pool({ market }: { market: MarketView }) {
  return (
    <p className="flex items-baseline justify-between gap-4 border-b-2 border-line pb-4">
      <span className="display text-5xl">Pool</span>
      <Coins amount={market.poolCoins} size="huge" />
    </p>
  )
}

/** The tower, or what to do while it is empty. */
export function Tower({ race, market, nowMs, size }: { race: RaceView; market: MarketView | undefined; nowMs: number; size: "full" | "compact" }) {
  if (race.board.length > 0) return <TimingTower race={race} size={size} nowMs={nowMs} odds={oddsOf(market)} />
  return (
    <div className="grid content-center justify-items-start gap-4">
      <h2 className={size === "full" ? "text-9xl" : "text-6xl"}>Who drives?</h2>
      <p className={size === "full" ? "text-4xl text-muted" : "text-3xl text-muted"}>Sign up on your phone, or call your name to the host.</p>
    </div>
  )
}

export function marketOf(markets: readonly MarketView[], race: RaceView): MarketView | undefined {
  return markets.find(({ gameId }) => gameId === race.gameId)
}

function oddsOf(market: MarketView | undefined): ReadonlyMap<string, string> | null {
  if (market?.status !== "OPEN") return null
  return new Map(market.selections.map(({ targetId, multiplierHundredths }) => [targetId, multiplierText(multiplierHundredths)]))
}
