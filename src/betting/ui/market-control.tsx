"use client"

import { useState } from "react"
import { useMoment } from "@/live/use-night"
import { Coins } from "@/ui/coins"
import { EmptyState } from "@/ui/empty-state"
import { Stat } from "@/ui/stat"
import { Tag } from "@/ui/tag"
import type { MarketView } from "../view"
import { multiplierText } from "./multiplier-text"

type Ticket = { id: string; bettor: string; target: string; amount: number }

const ticketsKept = 6

const statusWords: Record<MarketView["status"], string> = {
  OPEN: "Betting is open",
  CLOSED: "Betting is closed",
  SETTLED: "Paid out",
  VOID: "Stakes went back",
}

/** The money on one race, as race control sees it: the pool, who is backed by how much, and bets as they come. */
export function MarketControl({ market }: { market: MarketView | null }) {
  const tickets = useTickets(market?.gameId ?? null)
  if (!market) {
    return <EmptyState title="No bets yet">Open betting in the race panel, and the pool shows here.</EmptyState>
  }
  const betCount = market.selections.reduce((sum, selection) => sum + selection.betCount, 0)
  const backed = market.selections.toSorted((a, b) => b.stakedCoins - a.stakedCoins)
  return (
    <div className="grid gap-5" data-accent="coins">
      <div className="flex flex-wrap items-center gap-2">
        <Tag look={market.status === "OPEN" ? "solid" : "outline"}>{statusWords[market.status]}</Tag>
        <Tag look="outline">{market.oddsMode === "FIXED" ? "Fixed ×2" : "Shared pool"}</Tag>
      </div>
      <div className="flex flex-wrap gap-x-12 gap-y-3">
        <div className="grid content-end gap-1">
          <Coins amount={market.poolCoins} size="huge" />
          <span className="text-muted">in the pool</span>
        </div>
        <Stat label={betCount === 1 ? "bet" : "bets"} size="big">{betCount}</Stat>
      </div>
      {backed.length > 0 && (
        <table className="w-full border-collapse">
          <caption className="sr-only">Stakes by driver</caption>
          <thead>
            <tr className="text-left text-muted">
              <th scope="col" className="py-1 font-semibold">Driver</th>
              <th scope="col" className="py-1 text-right font-semibold">Bets</th>
              <th scope="col" className="py-1 text-right font-semibold">Staked</th>
              <th scope="col" className="py-1 pl-4 text-right font-semibold">Pays</th>
            </tr>
          </thead>
          <tbody>
            {backed.map((selection) => (
              <tr key={selection.targetId} className="border-t border-line">
                <th scope="row" className="max-w-0 py-2 pr-3 text-left font-bold">
                  <span className="flex items-center gap-2">
                    <span dir="auto" className="min-w-0 truncate">{selection.targetName}</span>
                    {selection.targetId === market.winnerId && <Tag className="text-base">Won</Tag>}
                  </span>
                  <span aria-hidden className="mt-1.5 block h-1.5 rounded-full bg-raised">
                    <span className="block h-full rounded-full bg-accent" style={{ width: `${shareOf(selection.stakedCoins, market.poolCoins)}%` }} />
                  </span>
                </th>
                <td className="numerals w-14 py-2 text-right text-xl">{selection.betCount}</td>
                <td className="numerals w-20 py-2 text-right text-xl">{selection.stakedCoins.toLocaleString("en-US")}</td>
                <td className="numerals w-20 py-2 pl-4 text-right text-2xl text-coins-text">{multiplierText(selection.multiplierHundredths)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {tickets.length > 0 && (
        <section className="grid gap-2">
          <h3 className="text-2xl">Just now</h3>
          <ul className="grid gap-1" aria-live="polite">
            {tickets.map((ticket) => (
              <li key={ticket.id} className="flex animate-rise items-baseline gap-2">
                <span dir="auto" className="max-w-40 truncate font-bold">{ticket.bettor}</span>
                <span className="text-muted">on</span>
                <span dir="auto" className="min-w-0 flex-1 truncate font-bold">{ticket.target}</span>
                <Coins amount={ticket.amount} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

/** The bets on this race that came in while race control was open, newest first. */
function useTickets(gameId: string | null): Ticket[] {
  const [tickets, setTickets] = useState<readonly (Ticket & { gameId: string })[]>([])
  useMoment((moment) => {
    if (moment.kind !== "betPlaced") return
    const { bettorId, bettorName, targetName, amount, timestamp, market } = moment.payload
    const ticket = { id: `${bettorId} ${timestamp}`, bettor: bettorName, target: targetName, amount, gameId: market.gameId }
    setTickets((known) => [ticket, ...known].slice(0, ticketsKept * 4))
  })
  return tickets.filter((ticket) => ticket.gameId === gameId).slice(0, ticketsKept)
}

function shareOf(coins: number, pool: number): number {
  return pool === 0 ? 0 : Math.round((100 * coins) / pool)
}
