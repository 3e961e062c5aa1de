import { describe, expect, it } from "vitest"
import { playablePairs } from "./word-answer"
import type { WordWish } from "./word-wish"

const wish: WordWish = { topic: null, language: "de", count: 3, avoid: [], isFamily: true }
const pizza = { word: "Pizza", hint: "Lieferdienst" }
const boat = { word: "Ruderboot", hint: "Ausflug" }

const read = (pairs: readonly { word: string; hint: string }[], more: Partial<WordWish> & { answered?: string } = {}) =>
  playablePairs({ language: more.answered ?? "de", pairs: [...pairs] }, { ...wish, ...more })

describe("what is taken from an answer", () => {
  it("leaves out pairs that break the pair rule, and keeps the others", () => {
    expect(read([{ word: "Auto", hint: "Autobahn" }, pizza, { word: "x".repeat(41), hint: "lang" }, boat])).toEqual([pizza, boat])
  })

  it("takes a word once, however it is written", () => {
    expect(read([pizza, { word: "PÍZZA!", hint: "Italien" }])).toEqual([pizza])
  })

  it("takes no word to avoid", () => {
    expect(read([pizza, boat], { avoid: ["pizza "] })).toEqual([boat])
  })

  it("takes no more than asked for", () => {
    expect(read([pizza, boat], { count: 1 })).toEqual([pizza])
  })

  it("is nothing when no pair stays", () => {
    expect(read([{ word: "Auto", hint: "auto" }])).toBe(null)
    expect(read([])).toBe(null)
  })

  it("folds blanks, and drops what is no text", () => {
    expect(read([{ word: "  Ruder\u0000boot\n", hint: "\u202EAus\ud800flug \t am  See\u202C" }])).toEqual([
      { word: "Ruderboot", hint: "Ausflug am See" },
    ])
  })

  it.each([
    ["de", "de-AT"],
    ["de-CH", "DE"],
    ["zh-Hant", "zh-Hant-TW"],
    ["zh-Hant", "zh"],
  ])("asked for %s, it takes %s", (asked, answered) => {
    expect(read([pizza], { language: asked, answered })).toEqual([pizza])
  })

  it.each([
    ["de", "en"],
    ["zh-Hant", "zh-Hans"],
    ["de", "Deutsch bitte"],
    ["de", ""],
    ["de", "nds"],
  ])("asked for %s, it refuses %j", (asked, answered) => {
    expect(read([pizza], { language: asked, answered })).toBe(null)
  })
})
