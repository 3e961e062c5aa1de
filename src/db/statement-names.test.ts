import { expect, it } from "vitest"
import { createStatementNames } from "./statement-names"

it("names a statement that is asked for again and again, always the same", () => {
  const names = createStatementNames()
  const given = Array.from({ length: 8 }, () => names.nameOf("select 1"))
  expect(given.slice(0, 4)).toEqual([undefined, undefined, undefined, undefined])
  expect(new Set(given.slice(4)).size).toBe(1)
  expect(given[4]).toBeTypeOf("string")
})

it("two statements never share a name", () => {
  const names = createStatementNames()
  const last = (text: string) => Array.from({ length: 5 }, () => names.nameOf(text)).at(-1)
  expect(last("select 1")).not.toBe(last("select 2"))
})

it("a flood of different statements gets no names, and no more than a hundred are ever given", () => {
  const names = createStatementNames()
  for (let i = 0; i < 20_000; i++) expect(names.nameOf(`select ${i}`)).toBeUndefined()
  const given = new Set<string | undefined>()
  for (let i = 0; i < 200; i++) for (let ask = 0; ask < 6; ask++) given.add(names.nameOf(`repeated ${i}`))
  given.delete(undefined)
  expect(given.size).toBe(100)
})
