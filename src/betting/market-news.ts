import * as z from "zod/mini"
import { withOdds } from "./odds"
import { marketView, selection, type MarketView } from "./view"

/**
 * A market for the way to the screens, with those of its lines only that changed: all of them would be too long for a channel
 * from some 75 drivers on. The pool and the odds follow from the stakes, so a screen finds them by itself [BET-19].
 */
export const marketNews = z.extend(z.omit(marketView, { selections: true, poolCoins: true }), {
  changed: z.array(z.omit(selection, { multiplierHundredths: true })),
  /** Drivers who cannot be backed any more. */
  gone: z.array(z.string()),
  /** How many can be backed now: with another number of lines a screen has missed something. */
  selectionCount: z.int(),
})
export type MarketNews = z.infer<typeof marketNews>

/** What became another: everything of a market that is new, the lines of some drivers, or none but its status. */
export type MarketChange = "all" | { readonly changedIds?: readonly string[]; readonly goneIds?: readonly string[] }

/** What the screens have to be told of a market that is now like this. */
export function marketNewsOf({ selections, poolCoins: _pool, ...rest }: MarketView, change: MarketChange): MarketNews {
  const { changedIds = [], goneIds = [] } = change === "all" ? { changedIds: selections.map(({ targetId }) => targetId) } : change
  const isChanged = new Set(changedIds)
  return {
    ...rest,
    changed: selections.filter(({ targetId }) => isChanged.has(targetId)).map(({ multiplierHundredths: _odds, ...line }) => line),
    gone: [...goneIds],
    selectionCount: selections.length,
  }
}

/** The market after the news, new drivers last. @param market as it is shown, if it is. @returns null when lines are missing of one that was not shown. */
export function withMarketNews(market: MarketView | undefined, news: MarketNews): MarketView | null {
  const { changed, gone, selectionCount, ...rest } = news
  if (!market && changed.length !== selectionCount) return null
  const lines = new Map(changed.map((line) => [line.targetId, { ...line, multiplierHundredths: null }]))
  const isGone = new Set(gone)
  const kept = market?.selections.filter(({ targetId }) => !isGone.has(targetId)) ?? []
  const known = new Set(kept.map(({ targetId }) => targetId))
  const selections = [...kept.map((line) => lines.get(line.targetId) ?? line), ...[...lines.values()].filter(({ targetId }) => !known.has(targetId))]
  return withOdds({ ...rest, poolCoins: 0, selections })
}
