"use client"

import { HandCoins } from "lucide-react"
import { useNight } from "@/live/use-night"
import type { OwnGuestView } from "@/party/view"
import { EmptyState } from "@/ui/empty-state"
import { Tag } from "@/ui/tag"
import type { MarketView } from "../view"
import { ClosedMarket } from "./closed-market"
import { OpenMarket } from "./open-market"

const order: Record<MarketView["status"], number> = { OPEN: 0, CLOSED: 1, SETTLED: 2, VOID: 2 }
const tags: Record<MarketView["status"], string> = { OPEN: "Betting is open", CLOSED: "Bets are closed", SETTLED: "Paid out", VOID: "Called off" }

/** Every market of the races shown: those that take bets first, then those of the newest race. */
export function BetsTab({ me }: { me: OwnGuestView }) {
  const { night } = useNight()
  const ageOf = (market: MarketView) => night.races.findIndex(({ gameId }) => gameId === market.gameId)
  const markets = night.markets.toSorted((a, b) => order[a.status] - order[b.status] || ageOf(a) - ageOf(b))

  if (markets.length === 0) {
    return (
      <EmptyState icon={<HandCoins />} title="No bets yet">
        The host opens betting before a race. This tab lights up then.
      </EmptyState>
    )
  }
  return (
    <div className="grid grid-cols-1 gap-8">
      {markets.map((market) => (
        <MarketSection key={market.marketId} market={market} me={me} title={night.races.find(({ gameId }) => gameId === market.gameId)?.title ?? "Race"} />
      ))}
    </div>
  )
}

function MarketSection({ market, me, title }: { market: MarketView; me: OwnGuestView; title: string }) {
  const isOpen = market.status === "OPEN"
  return (
    <section className="grid grid-cols-1 gap-3">
      <header className="grid grid-cols-1 gap-1.5">
        <div className="flex items-center justify-between gap-3">
          <Tag look={isOpen ? "solid" : "outline"}>{tags[market.status]}</Tag>
          <span className="text-base text-muted">Pool <span className="numerals text-xl text-coins-text">{market.poolCoins.toLocaleString("en-US")}</span></span>
        </div>
        <h2 className="line-clamp-2 text-3xl break-words"><bdi>{title}</bdi></h2>
        {isOpen && <p className="text-base text-muted">{ruleOf(market)}</p>}
      </header>
      {isOpen ? <OpenMarket market={market} me={me} /> : <ClosedMarket market={market} />}
    </section>
  )
}

function ruleOf({ oddsMode }: MarketView): string {
  return oddsMode === "FIXED" ? "Back the winner and get double." : "The winner’s backers share the pool. Odds move with every bet."
}
