import { describe, expect, it } from "vitest"
import { hasNews, placesOf } from "./evening-places"

const line = (guestId: string, coins: number) => ({ guestId, name: guestId, coins })

describe("placesOf", () => {
  it("lets equals share a place and leaves the next one out", () => {
    const places = placesOf([line("ann", 1200), line("bo", 1000), line("cy", 1000), line("di", 900)], null)
    expect(places.map(({ guestId, place }) => `${place} ${guestId}`)).toEqual(["1 ann", "2 bo", "2 cy", "4 di"])
  })

  it("counts the own purse as it is now, not as the table has it", () => {
    const places = placesOf([line("ann", 1200), line("bo", 1000)], { id: "bo", coins: 1400 })
    expect(places.map(({ guestId, place, coins }) => `${place} ${guestId} ${coins}`)).toEqual(["1 bo 1400", "2 ann 1200"])
  })
})

it("has news once somebody is ahead", () => {
  expect(hasNews([])).toBe(false)
  expect(hasNews([line("ann", 1000), line("bo", 1000)])).toBe(false)
  expect(hasNews([line("ann", 1000), line("bo", 900)])).toBe(true)
})
