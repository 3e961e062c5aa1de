"use client"

import { Avatar } from "@/ui/avatar"
import { FlipList, FlipRow } from "@/ui/flip-list"
import type { AnnouncedBet } from "./latest-bets"

/** The latest bets, newest on top: "Ann: 100 on Bo". */
export function BetsTicker({ bets, limit }: { bets: readonly AnnouncedBet[]; limit: number }) {
  if (bets.length === 0) return <p className="text-3xl text-muted">Who bets first? It is one tap on your phone.</p>
  return (
    <div aria-live="polite">
      <FlipList label="Latest bets" className="grid gap-2">
        {bets.slice(0, limit).map((bet) => (
          <FlipRow key={bet.id}>
            <div className="grid animate-pop grid-cols-[2.75rem_minmax(0,1fr)] items-center gap-3 rounded-xl bg-surface px-3 py-2">
              <Avatar id={bet.bettorId} name={bet.bettorName} />
              <p className="flex min-w-0 items-baseline gap-2 text-2xl">
                <bdi className="truncate font-bold">{bet.bettorName}</bdi>
                <span className="sr-only">: </span>
                <span className="numerals text-4xl text-coins-text">{bet.amount.toLocaleString("en-US")}</span>
                <span className="text-muted">on</span>
                <bdi className="truncate font-bold">{bet.targetName}</bdi>
              </p>
            </div>
          </FlipRow>
        ))}
      </FlipList>
    </div>
  )
}
