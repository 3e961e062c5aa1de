// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { placeBetAction } from "@/app/actions/party-logic"
import { LiveNightContext } from "@/live/use-night"
import { aLiveNight, aNight, aParty, ownAnn } from "@/testing/views"
import type { BetView, MarketView } from "../view"
import { OpenMarket } from "./open-market"

vi.mock("@/app/actions/party-logic", () => ({ placeBetAction: vi.fn() }))

const me = ownAnn()
const market: MarketView = {
  marketId: "m",
  gameId: "race",
  status: "OPEN",
  oddsMode: "FIXED",
  poolCoins: 0,
  winnerId: null,
  selections: ["ann", "bo"].map((targetId) => ({ targetId, targetName: targetId, stakedCoins: 0, betCount: 0, multiplierHundredths: 200 })),
}
const bet: BetView = {
  id: "b",
  gameId: "race",
  targetUserId: "bo",
  targetName: "bo",
  amount: 100,
  status: "PENDING",
  payout: null,
  createdAt: "2026-11-21T20:00:00.000Z",
  settledAt: null,
}
const mergeAnswer = vi.fn()

beforeEach(() => vi.resetAllMocks())
afterEach(() => {
  cleanup()
  sessionStorage.clear()
})

function marketOf({ guest = me, isSelfBettingOn = true, myBets = [] as BetView[] } = {}) {
  const party = aParty({ isSelfBettingOn })
  const live = aLiveNight(aNight({ party, markets: [market], me: guest, myBets }), { mergeAnswer })
  return <LiveNightContext value={live}><OpenMarket market={market} me={guest} /></LiveNightContext>
}

const tap = (name: string) => act(async () => void fireEvent.click(screen.getByRole("button", { name })))
const idOf = (call: number) => vi.mocked(placeBetAction).mock.calls[call]?.[3]

it("[BET-5] bets 100 with one tap and shows the answer at once", async () => {
  vi.mocked(placeBetAction).mockResolvedValue({ success: true, version: 7, betId: "b", walletBalance: 900, bet, market })
  render(marketOf())
  await tap("Bet 100 on bo")
  expect(placeBetAction).toHaveBeenCalledExactlyOnceWith("bo", 100, "race", expect.any(String))
  expect(mergeAnswer).toHaveBeenCalledWith({ version: 7, walletBalance: 900, bet, market })
})

it("[PTY-14] a bet whose answer was lost is the same bet until the phone knows of it, then the tap means another", async () => {
  vi.mocked(placeBetAction).mockRejectedValue(new TypeError("Failed to fetch"))
  const { rerender } = render(marketOf())
  await tap("Bet 100 on bo")
  await tap("Bet 100 on bo")
  expect(idOf(1)).toBe(idOf(0))
  rerender(marketOf({ myBets: [bet] }))
  await tap("Bet 100 on bo")
  expect(idOf(2)).not.toBe(idOf(0))
})

it("says a refusal beside the driver it is about", async () => {
  vi.mocked(placeBetAction).mockResolvedValue({ success: false, code: "betting_closed", error: "Betting is closed." })
  render(marketOf())
  await tap("Bet 100 on bo")
  expect(screen.getByRole("alert").closest("li")?.textContent).toContain("bo")
  expect(mergeAnswer).not.toHaveBeenCalled()
})

it("[BET-3] [BET-4] offers no tap that would be refused: less than 100 in the purse, nothing in it, oneself", async () => {
  const { rerender } = render(marketOf({ guest: { ...me, walletBalance: 40 } }))
  expect(screen.getByRole("button", { name: "Bet 40 on bo" })).toBeTruthy()

  rerender(marketOf({ guest: { ...me, walletBalance: 0 } }))
  for (const button of screen.getAllByRole("button", { name: "Purse is empty" })) await act(async () => void fireEvent.click(button))
  expect(placeBetAction).not.toHaveBeenCalled()

  rerender(marketOf({ isSelfBettingOn: false }))
  expect(screen.queryByRole("button", { name: /on ann/ })).toBeNull()
  expect(screen.getByText(/nobody bets on themselves/)).toBeTruthy()
})
