"use client"

import type { ReactNode } from "react"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import type { MarketView } from "../view"
import { multiplierText } from "./multiplier-text"
import type { OwnStake } from "./own-stakes"

type BackDriverCardProps = {
  market: MarketView
  selection: MarketView["selections"][number]
  /** What this guest has on the driver already. */
  own: OwnStake | undefined
  /** Buttons, or why there are none. */
  children?: ReactNode
}

/** A driver to back: odds, the share of the pool, and the own stake. Coins. */
export function BackDriverCard({ market, selection, own, children }: BackDriverCardProps) {
  const { targetId, targetName, stakedCoins, betCount, multiplierHundredths } = selection
  const isWinner = market.winnerId === targetId
  return (
    <li className={classNames("grid grid-cols-1 gap-2.5 rounded-2xl border-2 bg-surface p-3", own || isWinner ? "border-accent" : "border-line")}>
      <div className="flex items-center gap-3">
        <Avatar id={targetId} name={targetName} />
        <div className="grid min-w-0 flex-1 grid-cols-1">
          <h3 dir="auto" className="truncate text-left text-2xl">{targetName}</h3>
          <span className="text-base text-muted">{stakedText(stakedCoins, betCount)}</span>
        </div>
        <span className="numerals text-4xl text-coins-text">
          <span className="sr-only">pays </span>
          {multiplierText(multiplierHundredths)}
        </span>
      </div>
      <ShareBar part={stakedCoins} whole={market.poolCoins} />
      {own && (
        <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-lg">
          <strong>You: {own.stakedCoins} coins</strong>
          <span className="text-muted">may pay <span className="numerals text-xl text-coins-text">{own.mayPayCoins}</span></span>
        </p>
      )}
      {children}
    </li>
  )
}

/** Decorative: the coins stand beside it as text. */
function ShareBar({ part, whole }: { part: number; whole: number }) {
  const share = whole === 0 ? 0 : part / whole
  return (
    <div aria-hidden className="h-2 overflow-hidden rounded-full bg-sunken">
      <div className="h-full origin-left rounded-full bg-coins transition-transform duration-500" style={{ transform: `scaleX(${share})` }} />
    </div>
  )
}

function stakedText(coins: number, bets: number): string {
  if (bets === 0) return "No bet yet"
  return `${coins.toLocaleString("en-US")} coins in ${bets === 1 ? "1 bet" : `${bets} bets`}`
}
