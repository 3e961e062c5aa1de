import { expect, it } from "vitest"
import { drawable } from "./drawable"

it("keeps what the fonts have, in one form", () => {
  expect(drawable("  Zoe\u0308   Müller ", "x")).toBe("Zoë Müller")
  expect(drawable("Жанна & Ωμέγα", "x")).toBe("Жанна & Ωμέγα")
})

it("takes marks off letters it lacks, and leaves the others out", () => {
  expect(drawable("Nguyễn", "x")).toBe("Nguyen")
  expect(drawable("Ann 🎉", "x")).toBe("Ann")
})

it("says something else where nothing is left", () => {
  expect(drawable("花子", "Number 2")).toBe("Number 2")
})
