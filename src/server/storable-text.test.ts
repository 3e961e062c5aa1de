import fc from "fast-check"
import { expect, it } from "vitest"
import { storable } from "./storable-text"

it("[PTY-17] texts lose NUL and halves of characters, at any depth, and nothing else", () => {
  expect(storable({ name: "A\0nn", list: ["\ud800B\u{1f3ce}o", { deep: "\udc00" }] })).toEqual({ name: "Ann", list: ["B\u{1f3ce}o", { deep: "" }] })
})

it("[PTY-17] whatever is whole stays what it is", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => { expect(storable({ text })).toEqual({ text }) }))
  const file = new Uint8Array([0, 216, 0])
  expect(storable({ file, amount: 5, none: null, missing: undefined })).toEqual({ file, amount: 5, none: null, missing: undefined })
  expect((storable({ file }) as { file: Uint8Array }).file).toBe(file)
})
