import { describe, expect, it } from "vitest"
import { tellingWords } from "@/games/quipflip/significant-words"
import { passesFamilyFilter } from "@/party/family-filter"
import { fillerDeck } from "../filler-deck/filler-deck"
import { promptDeck } from "./prompt-deck"

const prompts = promptDeck.map(({ prompt }) => prompt)
const familyPrompts = promptDeck.filter(({ isFamily }) => isFamily).map(({ prompt }) => prompt)

describe("the prompts", () => {
  it("are at least 320, and at least 300 of them are for families", () => {
    expect(prompts.length).toBeGreaterThanOrEqual(320)
    expect(familyPrompts.length).toBeGreaterThanOrEqual(300)
    expect(familyPrompts.length).toBeLessThan(prompts.length)
  })

  it("are each there once, and in no ready set", () => {
    const known = new Set(fillerDeck.map(({ prompt }) => prompt.toUpperCase()))
    const repeated = prompts.filter((prompt) => known.size === known.add(prompt.toUpperCase()).size)
    expect(repeated).toEqual([])
  })

  it("have 10 to 100 characters", () => {
    expect(prompts.filter((prompt) => prompt.length < 10 || prompt.length > 100)).toEqual([])
  })

  it("wait for an ending", () => {
    for (const prompt of prompts) expect(prompt).toMatch(/^\p{Lu}[\p{L}', -]*\p{L}…$/u)
  })

  it("leave enough words free to answer with: few of theirs are significant [QF-P6]", () => {
    const taken = (prompt: string) => tellingWords(prompt).filter(({ isSignificant }) => isSignificant).length
    expect(prompts.filter((prompt) => taken(prompt) > 6)).toEqual([])
  })

  it("pass the strict family filter where they are for families, the mild one where they are not", () => {
    expect(familyPrompts.filter((prompt) => !passesFamilyFilter(prompt, "STRICT"))).toEqual([])
    expect(prompts.filter((prompt) => !passesFamilyFilter(prompt, "MILD"))).toEqual([])
  })
})
