"use client"

import { useNight } from "@/live/use-night"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { Coins } from "@/ui/coins"
import type { BetView, MarketView } from "../view"
import { outcomeOf, type OwnOutcome, pendingStakes } from "./own-stakes"

/** A market that takes no more bets: the own ones and what they may pay, or what came of them. */
export function ClosedMarket({ market }: { market: MarketView }) {
  const { night } = useNight()
  const pending = pendingStakes(night.myBets, market)
  const outcome = outcomeOf(night.myBets, market)
  const winner = market.selections.find(({ targetId }) => targetId === market.winnerId)

  return (
    <div className="grid grid-cols-1 gap-3">
      {winner && (
        <p className="flex items-center gap-3 text-lg">
          <Avatar id={winner.targetId} name={winner.targetName} size="small" />
          <span className="min-w-0 truncate"><strong><bdi>{winner.targetName}</bdi></strong> won</span>
        </p>
      )}
      {pending.length > 0 && (
        <ul aria-label="My bets" className="grid grid-cols-1 gap-2">
          {pending.map((stake) => (
            <li key={stake.targetId} className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-3 rounded-2xl border-2 border-accent bg-surface p-3">
              <Avatar id={stake.targetId} name={stake.targetName} />
              <span className="grid min-w-0 grid-cols-1">
                <span dir="auto" className="truncate text-left text-lg font-semibold">{stake.targetName}</span>
                <span className="text-base text-muted">{stake.stakedCoins} coins on it</span>
              </span>
              <span className="grid justify-items-end text-base text-muted">may pay<Coins amount={stake.mayPayCoins} /></span>
            </li>
          ))}
        </ul>
      )}
      {outcome && <Outcome outcome={outcome} />}
      {outcome && <SettledBets bets={outcome.bets} />}
      {pending.length === 0 && !outcome && <p className="text-lg text-muted">You had no bet on this one.</p>}
    </div>
  )
}

function Outcome({ outcome: { stakedCoins, payoutCoins, isRefund } }: { outcome: OwnOutcome }) {
  const gain = payoutCoins - stakedCoins
  return (
    <div className={classNames("flex items-center justify-between gap-3 rounded-2xl border-2 bg-surface p-3", gain > 0 ? "border-accent" : "border-line")}>
      <span className="grid">
        <span className="display text-2xl">{wordFor(gain, isRefund)}</span>
        <span className="text-base text-muted">{payoutCoins} back for {stakedCoins}</span>
      </span>
      <Coins amount={gain} signed size="big" />
    </div>
  )
}

const fates: Record<BetView["status"], string> = { PENDING: "open", WON: "won", LOST: "lost", REFUNDED: "stake back" }

function SettledBets({ bets }: { bets: readonly BetView[] }) {
  return (
    <ul aria-label="My bets" className="grid grid-cols-1 gap-1 px-1">
      {bets.map((bet) => (
        <li key={bet.id} className="flex items-baseline justify-between gap-3">
          <span className="min-w-0 truncate"><span className="numerals text-xl">{bet.amount}</span> on <bdi>{bet.targetName}</bdi></span>
          <span className="shrink-0 text-muted">{fates[bet.status]} {bet.payout ? <span className="numerals text-xl text-coins-text">+{bet.payout}</span> : null}</span>
        </li>
      ))}
    </ul>
  )
}

function wordFor(gain: number, isRefund: boolean): string {
  if (isRefund) return "Stake back"
  if (gain > 0) return "You won"
  return gain === 0 ? "Even" : "You lost"
}
