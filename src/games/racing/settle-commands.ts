import { bettingEvents } from "@/betting/events"
import { marketNewsOf } from "@/betting/market-news"
import { marketOf } from "@/betting/queries"
import { settleMarket, voidMarket, type Settlement } from "@/betting/steps"
import { assert } from "@/kernel/assert"
import { ok, refuse, type Result } from "@/kernel/result"
import { command } from "@/party/command"
import { partyEvents } from "@/party/events"
import { classify, officialWinner, type ClassifiedEntry } from "./classification"
import { raceInput } from "./input"
import { entriesOf, findRace, type Race } from "./queries"
import type { RacingRefusal } from "./refusals"
import { announceStatus, stepTo, type Track } from "./steps"

const payoutsShown = 10

export type Settled = { gameId: string; winnerId: string; winnerName: string }

/** The chequered flag: the official winner's backers are paid and the race is over, all in one transaction [BET-11] [BET-12] [BET-14]. */
export const settleRace = command({
  name: "settleRace",
  who: "host",
  input: raceInput,
  async run(context, { gameId }): Promise<Result<Settled, RacingRefusal>> {
    const race = await findRace(context.tx, context.party.id, gameId)
    if (!race) return refuse("race_unknown")
    if (race.status === "FINISHED") return refuse("already_settled")
    if (race.status !== "LIVE") return refuse("race_step_not_allowed", { from: race.status, to: "FINISHED" })
    return settle(context, race)
  },
})

/** Settles a finished race anew after a lap was corrected, with reversing transfers [BET-13]. */
export const resettleRace = command({
  name: "resettleRace",
  who: "host",
  input: raceInput,
  async run(context, { gameId }): Promise<Result<Settled, RacingRefusal>> {
    const race = await findRace(context.tx, context.party.id, gameId)
    if (!race) return refuse("race_unknown")
    if (race.status !== "FINISHED") return refuse("race_step_not_allowed", { from: race.status, to: "FINISHED" })
    return settle(context, race)
  },
})

/** Calls the race off: every stake goes back [BET-15]. */
export const voidRace = command({
  name: "voidRace",
  who: "host",
  input: raceInput,
  async run(context, { gameId }): Promise<Result<{ gameId: string }, RacingRefusal>> {
    const { tx, party, now, emit } = context
    const race = await findRace(tx, party.id, gameId)
    if (!race) return refuse("race_unknown")
    const refunded = await voidMarket(tx, { partyId: party.id, gameId, now })
    const ended = await stepTo(context, race, "VOID", "FIXED")
    if (!ended.ok) return ended
    await announceStatus(context, gameId)
    const market = await marketOf(tx, gameId)
    if (market) emit(bettingEvents.betsVoided.to(party.id, { gameId, timestamp: now.toISOString(), market: marketNewsOf(market, {}) }))
    for (const { guestId, walletBalance, delta } of refunded) {
      emit(partyEvents.walletChanged.to(guestId, { walletBalance, delta, reason: `${race.title} was called off` }))
    }
    return ok({ gameId })
  },
})

async function settle(track: Track, race: Race): Promise<Result<Settled, RacingRefusal>> {
  const { tx, party, now } = track
  const classified = classify((await entriesOf(tx, [race.id])).get(race.id) ?? [])
  const winner = classified.find((entry) => entry.driverId === officialWinner(classified))
  if (!winner) return refuse("no_lap_times")
  const settlement = await settleMarket(tx, {
    partyId: party.id,
    gameId: race.id,
    winnerId: winner.driverId,
    winnerName: winner.driverName,
    now,
    occasion: party.version,
  })
  if (!settlement.ok) return settlement
  if (race.status === "LIVE") {
    const finished = await stepTo(track, race, "FINISHED", "FIXED")
    if (!finished.ok) return finished
  }
  await announceSettlement(track, race, winner, settlement.value)
  return ok({ gameId: race.id, winnerId: winner.driverId, winnerName: winner.driverName })
}

async function announceSettlement(
  track: Track,
  race: Race,
  winner: ClassifiedEntry,
  { winners, changed }: Settlement,
): Promise<void> {
  const { tx, party, now, emit } = track
  const market = await marketOf(tx, race.id)
  assert(market, `race ${race.id} was settled without a market`)
  await announceStatus(track, race.id)
  emit(
    bettingEvents.betsSettled.to(party.id, {
      gameId: race.id,
      winnerId: winner.driverId,
      timestamp: now.toISOString(),
      market: marketNewsOf(market, {}),
      topPayouts: winners.slice(0, payoutsShown).map(({ guestId, name, payout }) => ({ guestId, name, payout })),
    }),
  )
  const won = new Set(winners.map(({ guestId }) => guestId))
  for (const { guestId, payout, walletBalance } of winners) {
    emit(
      bettingEvents.betWon.to(guestId, { gameId: race.id, payout, walletBalance, targetName: winner.driverName }),
    )
  }
  // One event per channel and command: a winner's purse is in `bet-won` already.
  for (const { guestId, walletBalance, delta } of changed.filter((change) => !won.has(change.guestId))) {
    emit(partyEvents.walletChanged.to(guestId, { walletBalance, delta, reason: `${race.title} was settled` }))
  }
}
