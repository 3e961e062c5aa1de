import { expect, it } from "vitest"
import { fewestPlayers as dealt, mostImposters as mostDealt } from "../roles"
import { fewestPlayers, mostImposters } from "./control-limits"

it("[IMP-2] [IMP-3] promises what the dealer keeps", () => {
  expect(fewestPlayers).toBe(dealt)
  for (let count = fewestPlayers; count <= 40; count++) expect(mostImposters(count)).toBe(mostDealt(count))
})
