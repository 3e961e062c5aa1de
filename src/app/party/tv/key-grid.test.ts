import { expect, it } from "vitest"
import { nextGridKey } from "./key-grid"

// 0 1 2
// 3 4 5
// 6 7
const grid = { columns: 3, count: 8 }

it.each([
  [0, "ArrowRight", 1],
  [4, "ArrowLeft", 3],
  [1, "ArrowDown", 4],
  [7, "ArrowUp", 4],
  [5, "ArrowDown", 7],
])("from %i, %s leads to %i", (from, arrow, to) => {
  expect(nextGridKey(from, arrow, grid)).toBe(to)
})

it.each([
  [2, "ArrowRight"],
  [3, "ArrowLeft"],
  [1, "ArrowUp"],
  [6, "ArrowDown"],
  [7, "ArrowRight"],
  [0, "ArrowLeft"],
  [4, "Enter"],
])("from %i, %s leads out of the grid", (from, arrow) => {
  expect(nextGridKey(from, arrow, grid)).toBeNull()
})
