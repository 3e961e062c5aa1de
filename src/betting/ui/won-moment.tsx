"use client"

import { useMoment } from "@/live/use-night"
import { Coins } from "@/ui/coins"
import { Confetti } from "@/ui/confetti"
import { useForAWhile } from "@/ui/use-for-a-while"
import { vibrate } from "@/ui/vibrate"
import { FlyingCoins } from "@/wallet/ui/flying-coins"
import { purseId } from "@/wallet/ui/purse"

const shownMs = 6000

type Won = { readonly payout: number; readonly targetName: string; readonly id: number }

/** A bet was won: confetti, the driver's name, and the coins fly to the purse. Goes by itself or with a tap. */
export function WonMoment() {
  const [won, setWon] = useForAWhile<Won>(shownMs)

  useMoment((moment) => {
    if (moment.kind !== "betWon") return
    setWon({ payout: moment.payload.payout, targetName: moment.payload.targetName, id: moment.version })
    vibrate([90, 60, 90, 60, 260])
  })

  return (
    <>
      <Confetti shot={won?.id ?? null} />
      <div role="status" className="pointer-events-none fixed inset-x-0 top-1/4 z-40 grid grid-cols-1 justify-items-center px-4" data-accent="coins">
        {won && (
          <button
            key={won.id}
            type="button"
            onClick={() => setWon(null)}
            className="pointer-events-auto grid w-full max-w-md animate-pop grid-cols-1 justify-items-center gap-3 rounded-2xl border-4 border-accent bg-surface p-6 text-center shadow-2xl"
          >
            <span className="display text-5xl text-accent-text">You won</span>
            <span className="line-clamp-2 max-w-full text-xl [overflow-wrap:anywhere]"><bdi>{won.targetName}</bdi> takes it</span>
            <Coins amount={won.payout} signed size="huge" />
            <FlyingCoins toId={purseId} />
            <span className="sr-only"> (dismiss)</span>
          </button>
        )}
      </div>
    </>
  )
}
