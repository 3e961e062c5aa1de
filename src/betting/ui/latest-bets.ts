"use client"

import { useState } from "react"
import { useMoment } from "@/live/use-night"

/** A bet as it was announced. Coins. */
export type AnnouncedBet = {
  readonly id: string
  readonly gameId: string
  readonly bettorId: string
  readonly bettorName: string
  readonly targetName: string
  readonly amount: number
}

const kept = 30

/** The bets heard since this screen is on, newest first. Stakes that went back are no longer news. */
export function useLatestBets(): readonly AnnouncedBet[] {
  const [bets, setBets] = useState<readonly AnnouncedBet[]>([])
  useMoment((moment) => {
    if (moment.kind === "betsVoided") {
      setBets((before) => before.filter(({ gameId }) => gameId !== moment.payload.gameId))
    }
    if (moment.kind !== "betPlaced") return
    const { bettorId, bettorName, targetName, amount, market } = moment.payload
    const bet = { id: `${moment.version}`, gameId: market.gameId, bettorId, bettorName, targetName, amount }
    setBets((before) => [bet, ...before].slice(0, kept))
  })
  return bets
}
