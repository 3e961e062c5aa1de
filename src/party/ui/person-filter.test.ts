import { describe, expect, it } from "vitest"
import { filterPeople } from "./person-filter"

const people = [
  { id: "1", name: "Ann", number: 1 },
  { id: "2", name: "Joanna", number: 2 },
  { id: "3", name: "Bo Ann-Marie", number: 3 },
  { id: "4", name: "Zoë" },
  { id: "5", name: "Ann 2" },
]
const namesFor = (typed: string) => filterPeople(people, typed).map(({ name }) => name)

describe("filterPeople", () => {
  it("puts names that begin so before words that begin so before the rest", () => {
    expect(namesFor("ann")).toEqual(["Ann", "Ann 2", "Bo Ann-Marie", "Joanna"])
  })

  it("hears a position before a name with that digit", () => {
    expect(namesFor("2")).toEqual(["Joanna", "Ann 2"])
  })

  it("asks for neither accents nor case", () => {
    expect(namesFor("ZOE")).toEqual(["Zoë"])
  })

  it("keeps everybody in order while nothing is typed", () => {
    expect(namesFor("  ")).toEqual(people.map(({ name }) => name))
  })

  it("finds nobody for a stranger", () => {
    expect(namesFor("xaver")).toEqual([])
  })
})
