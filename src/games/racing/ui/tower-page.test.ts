import { expect, it } from "vitest"
import { towerPage } from "./tower-page"

const rows = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

it("shows everything that fits", () => {
  expect(towerPage(rows(12), 12, 0)).toEqual({ rows: rows(12), caption: null })
})

it("turns pages behind the first three, so that everybody is seen", () => {
  const pages = [0, 10_000, 20_000].map((nowMs) => towerPage(rows(22), 12, nowMs))
  expect(pages.map(({ caption }) => caption)).toEqual(["4–12 of 22", "13–21 of 22", "22–22 of 22"])
  expect(pages.every((page) => page.rows.slice(0, 3).join() === "1,2,3" && page.rows.length <= 12)).toBe(true)
  expect(new Set(pages.flatMap((page) => page.rows)).size).toBe(22)
  expect(towerPage(rows(22), 12, 30_000)).toEqual(pages[0])
})
