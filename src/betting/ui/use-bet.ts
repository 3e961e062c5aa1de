"use client"

import { placeBetAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { type CommandRunner, useCommand } from "@/party/ui/use-command"
import type { MarketView } from "../view"

export type BetPlacer = CommandRunner & {
  /** Stakes coins on a driver. `place` names the control. @returns whether it was taken. */
  readonly bet: (place: string, targetId: string, amount: number) => Promise<boolean>
}

/** Places bets on one market and shows the answer at once. */
export function useBet(market: MarketView): BetPlacer {
  const { night, mergeAnswer } = useNight()
  const command = useCommand()
  const betsSoFar = night.myBets.filter(({ gameId }) => gameId === market.gameId).length

  async function bet(place: string, targetId: string, amount: number): Promise<boolean> {
    // Once the phone knows of a bet whose answer was lost, the same tap means another bet.
    const attempt = `bet:${market.marketId}:${targetId}:${amount}:${betsSoFar}`
    const answer = await command.run(place, (id) => placeBetAction(targetId, amount, market.gameId, id), attempt)
    if (!answer) return false
    const { version, walletBalance, bet: placed, market: changed } = answer
    mergeAnswer({ version, walletBalance, bet: placed, market: changed })
    return true
  }

  return { ...command, bet }
}
