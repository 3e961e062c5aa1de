import { expect, it } from "vitest"
import { RecentFrames } from "./recent-frames"

it("[LAND-31] remembers for five seconds and no longer: memory is bounded by what may come in within them", () => {
  const recent = new RecentFrames()
  for (let count = 0; count < 3_000; count++) expect(recent.isFirst("10.66.0.2", 1, count, count * 10)).toBe(true)
  expect(recent.size).toBe(500)
  expect(recent.isFirst("10.66.0.2", 1, 2_999, 30_000)).toBe(false)
  expect(recent.isFirst("10.66.0.3", 1, 2_999, 30_000)).toBe(true)
})
