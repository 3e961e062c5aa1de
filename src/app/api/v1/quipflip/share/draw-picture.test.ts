import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { aPlayerResult, aRevealedSet, someResults } from "@/testing/quipflip-views"
import { drawPicture } from "./draw-picture"
import { drawable } from "./drawable"

const outside = vi.fn(() => Promise.reject(new Error("no network")))
// A picture takes a third of a second, and several times that on a machine that has other things to do.
vi.setConfig({ testTimeout: 30_000 })

beforeEach(() => {
  outside.mockClear()
  vi.stubGlobal("fetch", outside)
})
afterEach(() => vi.unstubAllGlobals())

function sizeOf(png: ArrayBuffer) {
  const view = new DataView(png)
  return { signature: view.getUint32(0), width: view.getUint32(16), height: view.getUint32(20) }
}

const aPng = { signature: 0x89504e47, width: 1200, height: 630 }
const named = (name: string) => someResults({ players: [aPlayerResult("bo", { name, netCoins: 120 })] })

it("draws a session as a PNG", async () => {
  expect(sizeOf(await drawPicture("Sofa Grand Prix", someResults()))).toEqual(aPng)
})

it("draws every letter it says it can, and names in any script, without asking anybody outside", async () => {
  const letters = Array.from({ length: 0x2100 }, (_, code) => String.fromCodePoint(code)).filter((letter) => drawable(letter, "") === letter)
  expect(letters.length).toBeGreaterThan(600)
  for (const name of [letters.join(""), "Zoë 🎉 花子 אבי 👩‍👩‍👧 <b onclick=1>&amp;</b>"]) {
    expect(sizeOf(await drawPicture(name, named(name)))).toEqual(aPng)
  }
  expect(outside).not.toHaveBeenCalled()
})

it("draws a full house, and a session in which nobody was fooled or honoured", async () => {
  const players = Array.from({ length: 8 }, (_, index) => aPlayerResult(`p${index}`, { name: "A very very long name indeed", rank: index + 1, netCoins: -1234 }))
  const long = "EXTRAORDINARY COMMUNICATION WITHOUT CONSIDERATION"
  const set = aRevealedSet()
  const phrases = set.phrases.map((phrase) => ({ ...phrase, phrase: long }))
  expect(sizeOf(await drawPicture("P".repeat(60), someResults({ players, sets: [{ ...set, promptText: "word ".repeat(24), phrases }] })))).toEqual(aPng)
  const awards = { bestWriterIds: [], topImpostorIds: [], sharpestVoterIds: [] }
  expect(sizeOf(await drawPicture("Party", someResults({ sets: [], awards })))).toEqual(aPng)
})
