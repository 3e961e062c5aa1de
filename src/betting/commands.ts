import { bets } from "@/db/schema/betting"
import { newId } from "@/kernel/ids"
import { one } from "@/kernel/assert"
import { ok, refuse } from "@/kernel/result"
import { command } from "@/party/command"
import { partyEvents } from "@/party/events"
import { potOf, walletOf } from "@/wallet/accounts"
import { transfer } from "@/wallet/steps"
import { bettingEvents } from "./events"
import { placeBetInput } from "./input"
import { marketNewsOf } from "./market-news"
import { withStake } from "./odds"
import { openMarketsFor } from "./queries"
import { decideStake } from "./stake-rule"
import type { BetView } from "./view"

/** A stake from the guest's wallet on a driver of an open market [BET-2] [BET-3] [BET-4] [BET-5]. */
export const placeBet = command({
  name: "placeBet",
  who: "guest",
  input: placeBetInput,
  async run({ tx, party, actor, now, emit }, { targetUserId, amount, gameId }) {
    const { guest } = actor
    const markets = await openMarketsFor(tx, party.id, gameId)
    const backing = markets.filter((market) => market.selections.some((s) => s.targetId === targetUserId))
    if (backing.length > 1) return refuse("market_ambiguous")
    const market = backing[0] ?? markets[0]
    const target = market?.selections.find((s) => s.targetId === targetUserId)
    const decision = decideStake({
      amount,
      isMarketOpen: market?.status === "OPEN",
      isTargetInRace: target !== undefined,
      isOnSelf: targetUserId === guest.id,
      isSelfBettingOn: party.isSelfBettingOn,
      balanceCoins: guest.walletBalance,
      limitCoins: party.stakeLimitCoins,
    })
    if (!decision.ok) return decision
    if (!market || !target) return refuse("betting_closed")

    const betId = newId()
    await tx.insert(bets).values({
      id: betId,
      marketId: market.marketId,
      gameId: market.gameId,
      bettorId: guest.id,
      targetUserId,
      amount,
      createdAt: now,
    })
    const moved = await transfer(tx, party.id, now, [
      {
        from: walletOf(guest.id),
        to: potOf(market.marketId),
        amount,
        category: "stake",
        cause: `bet:${betId}`,
        note: `On ${target.targetName}`,
        idempotencyKey: `stake:${betId}`,
      },
    ])
    const { walletBalance } = one(moved)
    const marketWithStake = withStake(market, targetUserId, amount)
    emit(
      bettingEvents.betPlaced.to(party.id, {
        bettorId: guest.id,
        bettorName: guest.name,
        targetId: targetUserId,
        targetName: target.targetName,
        amount,
        timestamp: now.toISOString(),
        market: marketNewsOf(marketWithStake, { changedIds: [targetUserId] }),
      }),
    )
    emit(
      partyEvents.walletChanged.to(guest.id, { walletBalance, delta: -amount, reason: `On ${target.targetName}` }),
    )
    const bet: BetView = {
      id: betId,
      gameId: market.gameId,
      targetUserId,
      targetName: target.targetName,
      amount,
      status: "PENDING",
      payout: null,
      createdAt: now.toISOString(),
      settledAt: null,
    }
    return ok({ betId, walletBalance, bet, market: marketWithStake })
  },
})
