import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { marketNews, marketNewsOf, withMarketNews } from "./market-news"
import { withOdds } from "./odds"
import type { MarketView } from "./view"

const line = (targetId: string, stakedCoins = 0, betCount = 0) => ({ targetId, targetName: targetId, stakedCoins, betCount, multiplierHundredths: null })
const market = (part: Partial<MarketView> = {}): MarketView =>
  withOdds({ marketId: "market", gameId: "race", status: "OPEN", oddsMode: "PARIMUTUEL", poolCoins: 0, winnerId: null, selections: [line("ann", 100, 1), line("bo", 50, 2), line("cy")], ...part })

const anyMarket = fc
  .record({
    status: fc.constantFrom("OPEN" as const, "CLOSED" as const, "SETTLED" as const, "VOID" as const),
    oddsMode: fc.constantFrom("FIXED" as const, "PARIMUTUEL" as const),
    winnerId: fc.option(fc.constant("a"), { nil: null }),
    stakes: fc.uniqueArray(fc.tuple(fc.constantFrom(..."abcdefgh"), fc.nat(1000), fc.nat(9)), { selector: ([id]) => id }),
  })
  .map(({ stakes, ...rest }) => market({ ...rest, selections: stakes.map(([id, coins, count]) => line(id, coins, count)) }))

describe("[BET-19] news of a market", () => {
  it("make of the market before the market after, whatever became another, but for the order of newcomers", () => {
    const inOrder = (view: MarketView | null) => view && { ...view, selections: view.selections.toSorted((a, b) => a.targetId.localeCompare(b.targetId)) }
    fc.assert(
      fc.property(anyMarket, anyMarket, (before, after) => {
        const goneIds = before.selections.map(({ targetId }) => targetId).filter((id) => !after.selections.some(({ targetId }) => targetId === id))
        const news = marketNewsOf(after, { changedIds: after.selections.map(({ targetId }) => targetId), goneIds })
        expect(inOrder(withMarketNews(before, marketNews.parse(JSON.parse(JSON.stringify(news)))))).toEqual(inOrder(after))
      }),
    )
  })

  it("of a bet name the driver backed and nobody else, and move everybody's odds", () => {
    const after = market({ selections: [line("ann", 100, 1), line("bo", 150, 3), line("cy")] })
    const news = marketNewsOf(after, { changedIds: ["bo"] })
    expect(news.changed).toEqual([{ targetId: "bo", targetName: "bo", stakedCoins: 150, betCount: 3 }])
    expect(withMarketNews(market(), news)).toEqual(after)
    expect(after.selections[0]?.multiplierHundredths).not.toBe(market().selections[0]?.multiplierHundredths)
  })

  it("twice are the same as once, and older ones are put right by the newer", () => {
    const bets = [10, 20, 30].map((coins) => market({ selections: [line("ann", 100 + coins, 2), line("bo", 50, 2), line("cy", coins, 1)] }))
    const news = bets.map((view, nth) => marketNewsOf(view, { changedIds: nth === 1 ? ["cy"] : ["ann", "cy"] }))
    const hear = (view: MarketView, heard: typeof news) => heard.reduce<MarketView>((shown, told) => withMarketNews(shown, told) ?? shown, view)
    const last = hear(market(), news)
    expect(hear(last, news)).toEqual(last)
    expect(last.selections.map(({ stakedCoins }) => stakedCoins)).toEqual([130, 50, 30])
  })

  it("of one that is not shown are taken only when they are all of it", () => {
    expect(withMarketNews(undefined, marketNewsOf(market(), { changedIds: ["ann"] }))).toBeNull()
    expect(withMarketNews(undefined, marketNewsOf(market(), "all"))).toEqual(market())
  })
})
