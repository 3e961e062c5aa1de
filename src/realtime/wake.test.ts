// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it } from "vitest"
import { watchWake } from "./wake"

let nowMs = 0
let away: number[] = []
let visibility: DocumentVisibilityState = "visible"
let stop = () => {}

beforeEach(() => {
  nowMs = 1000
  away = []
  visibility = "visible"
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => visibility })
  stop = watchWake({ document, window, nowMs: () => nowMs }, (ms) => away.push(ms))
})
afterEach(() => stop())

function become(state: DocumentVisibilityState) {
  visibility = state
  document.dispatchEvent(new Event("visibilitychange"))
}

it("tells how long the page was hidden, each time anew", () => {
  become("hidden")
  nowMs += 6000
  become("visible")
  nowMs += 60_000
  become("hidden")
  nowMs += 200
  become("visible")
  expect(away).toEqual([6000, 200])
})

it("counts from the first word of being hidden", () => {
  become("hidden")
  nowMs += 4000
  become("hidden")
  nowMs += 4000
  become("visible")
  become("visible")
  expect(away).toEqual([8000, 0])
})

it("trusts nothing from before the network was lost or the page was kept in the cache", () => {
  window.dispatchEvent(new Event("online"))
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }))
  expect(away).toEqual([Infinity, Infinity])
})

it("does not take the first show of a page for waking", () => {
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }))
  expect(away).toEqual([])
})

it("is silent once stopped", () => {
  stop()
  become("hidden")
  become("visible")
  window.dispatchEvent(new Event("online"))
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }))
  expect(away).toEqual([])
})
