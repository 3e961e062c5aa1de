import { describe, expect, it } from "vitest"
import { passesFamilyFilter } from "./family-filter"

describe("[PTY-9] the family filter", () => {
  it.each(["fuck", "FUCK", "fuuuck", "fück", "fuck you"])("mild and strict refuse %j, off does not", (text) => {
    expect(passesFamilyFilter(text, "OFF")).toBe(true)
    expect(passesFamilyFilter(text, "MILD")).toBe(false)
    expect(passesFamilyFilter(text, "STRICT")).toBe(false)
  })

  it.each(["f.u.c.k", "f u c k", "f-u-c-k"])("strict reads through %j", (text) => {
    expect(passesFamilyFilter(text, "MILD")).toBe(true)
    expect(passesFamilyFilter(text, "STRICT")).toBe(false)
  })

  it.each(["Ann", "Scunthorpe", "Cassandra", "Dickens", "Essex", "Bass player", "Müller", "李雷", "Guest 69"])("lets %j in", (name) => {
    for (const filter of ["OFF", "MILD"] as const) expect([filter, passesFamilyFilter(name, filter)]).toEqual([filter, true])
  })
})
