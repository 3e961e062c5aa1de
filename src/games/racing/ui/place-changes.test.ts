import { expect, it } from "vitest"
import { aBoardRow } from "@/testing/views"
import type { BoardRow } from "../view"
import { firstPlaces, nextPlaces } from "./place-changes"

const board = (...ids: string[]): BoardRow[] => ids.map((id, index) => aBoardRow(id, { position: index + 1, status: "CLASSIFIED" }))

it("tells who overtook whom, by how many places", () => {
  const { gained } = nextPlaces(firstPlaces(board("a", "b", "c")), board("c", "a", "b"))
  expect(Object.fromEntries(gained)).toEqual({ c: 2, a: -1, b: -1 })
})

it("keeps the arrows until the order changes again", () => {
  const after = nextPlaces(firstPlaces(board("a", "b")), board("b", "a"))
  expect(nextPlaces(after, board("b", "a"))).toBe(after)
  expect(nextPlaces(after, board("a", "b")).gained.get("a")).toBe(1)
})

it("does not count a newcomer or a leaver as an overtaking", () => {
  const places = firstPlaces(board("a", "b", "c"))
  expect(nextPlaces(places, board("new", "a", "b", "c")).gained.size).toBe(0)
  expect(nextPlaces(places, board("b", "c")).gained.size).toBe(0)
})
