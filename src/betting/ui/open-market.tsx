"use client"

import { useState } from "react"
import { useNight } from "@/live/use-night"
import type { OwnGuestView } from "@/party/view"
import { Button } from "@/ui/button"
import { Notice } from "@/ui/notice"
import type { MarketView } from "../view"
import { BackDriverCard } from "./back-driver-card"
import { mostStake, pendingStakes, quickStake } from "./own-stakes"
import { StakeDialog } from "./stake-dialog"
import { type BetPlacer, useBet } from "./use-bet"

type Selection = MarketView["selections"][number]

/** A market that takes bets: every driver with one tap for the quick bet, and another for any amount. */
export function OpenMarket({ market, me }: { market: MarketView; me: OwnGuestView }) {
  const { night } = useNight()
  const placer = useBet(market)
  const [target, setTarget] = useState<Selection | null>(null)
  const own = pendingStakes(night.myBets, market)
  const isMineToBack = night.party.isSelfBettingOn
  // What this guest cannot back must not stand in the way of what they can.
  const selections = isMineToBack ? market.selections : market.selections.toSorted((a, b) => Number(a.targetId === me.id) - Number(b.targetId === me.id))
  const most = mostStake(night.party.stakeLimitCoins, me.walletBalance)

  function controlsFor(selection: Selection) {
    if (night.party.status === "ENDED") return null
    if (selection.targetId === me.id && !isMineToBack) return <p className="text-base text-muted">That is you. Tonight nobody bets on themselves.</p>
    return <BetButtons selection={selection} most={most} placer={placer} onOther={() => setTarget(selection)} />
  }

  return (
    <>
      <ul className="grid grid-cols-1 gap-2.5">
        {selections.map((selection) => (
          <BackDriverCard key={selection.targetId} market={market} selection={selection} own={own.find(({ targetId }) => targetId === selection.targetId)}>
            {controlsFor(selection)}
          </BackDriverCard>
        ))}
      </ul>
      <StakeDialog market={market} target={target} most={most} placer={placer} onClose={() => setTarget(null)} />
    </>
  )
}

type BetButtonsProps = { selection: Selection; most: number; placer: BetPlacer; onOther: () => void }

function BetButtons({ selection: { targetId, targetName }, most, placer, onOther }: BetButtonsProps) {
  const quick = quickStake(most)
  return (
    <div className="grid gap-2">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-2">
        <Button
          pending={placer.busyPlace === targetId}
          disabled={quick < 1 || placer.busyPlace !== null}
          aria-label={quick < 1 ? undefined : `Bet ${quick} on ${targetName}`}
          onClick={() => void placer.bet(targetId, targetId, quick)}
        >
          {quick < 1 ? "Purse is empty" : `Bet ${quick}`}
        </Button>
        <Button look="quiet" disabled={quick < 1} aria-label={`Another amount on ${targetName}`} onClick={onOther}>Other</Button>
      </div>
      <Notice>{placer.problemAt(targetId)}</Notice>
    </div>
  )
}
