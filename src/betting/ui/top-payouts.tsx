"use client"

import { useState } from "react"
import { useMoment } from "@/live/use-night"
import { Avatar } from "@/ui/avatar"
import { Coins } from "@/ui/coins"

/** What a guest's bets on one market paid, in coins. */
export type Payout = { readonly guestId: string; readonly name: string; readonly payout: number }

/** The biggest payouts of each game settled since this screen is on. */
export function useTopPayouts(): ReadonlyMap<string, readonly Payout[]> {
  const [payouts, setPayouts] = useState<ReadonlyMap<string, readonly Payout[]>>(new Map())
  useMoment((moment) => {
    if (moment.kind !== "betsSettled") return
    const { gameId, topPayouts } = moment.payload
    setPayouts((before) => new Map(before).set(gameId, topPayouts))
  })
  return payouts
}

/** Who won how much. */
export function TopPayouts({ payouts, limit }: { payouts: readonly Payout[]; limit: number }) {
  return (
    <ol aria-label="Biggest wins" className="grid gap-2">
      {payouts.slice(0, limit).map(({ guestId, name, payout }, index) => (
        <li
          key={guestId}
          className="grid animate-rise grid-cols-[3.5rem_minmax(0,1fr)_auto] items-center gap-4 rounded-xl bg-surface px-4 py-2"
          style={{ animationDelay: `${1200 + index * 200}ms` }}
        >
          <Avatar id={guestId} name={name} className="size-13!" />
          <span dir="auto" className="truncate text-left text-3xl font-bold">{name}</span>
          <Coins amount={payout} size="big" signed />
        </li>
      ))}
    </ol>
  )
}
