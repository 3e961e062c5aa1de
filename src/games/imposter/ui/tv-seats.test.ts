import { expect, it } from "vitest"
import { mostRoundTheTable, seatsRoundTheTable } from "./tv-seats"

const aspect = 1.5

it("seats the first at the top and goes on clockwise", () => {
  const [top, right, bottom, left] = seatsRoundTheTable(4, aspect)
  expect(top).toEqual({ left: 50, top: 10 })
  expect(right?.left).toBeCloseTo(93, 0)
  expect(bottom?.top).toBeCloseTo(90, 0)
  expect(left?.left).toBeCloseTo(7, 0)
})

it.each(Array.from({ length: mostRoundTheTable - 2 }, (_, index) => index + 3))("keeps %i players apart, and inside", (count) => {
  const seats = seatsRoundTheTable(count, aspect)
  expect(seats).toHaveLength(count)
  const gaps = seats.map((seat, index) => {
    const next = seats[(index + 1) % count] ?? seat
    return Math.hypot((seat.left - next.left) * aspect, seat.top - next.top)
  })
  expect(Math.min(...gaps)).toBeGreaterThan(18)
  for (const { left, top } of seats) {
    expect(Math.min(left, top)).toBeGreaterThanOrEqual(7)
    expect(Math.max(left, top)).toBeLessThanOrEqual(93)
  }
})
