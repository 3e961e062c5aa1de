import { expect, it } from "vitest"
import { guestWallPlan } from "./guest-wall-plan"

const guests = (count: number) => Array.from({ length: count }, (_, index) => index)

it("names a small party, shows a big one, and counts who does not fit", () => {
  expect(guestWallPlan(guests(12))).toEqual({ shown: guests(12), more: 0, isNamed: true })
  expect(guestWallPlan(guests(40))).toEqual({ shown: guests(40), more: 0, isNamed: false })
  const { shown, more } = guestWallPlan(guests(90))
  expect(shown.length + more).toBe(90)
  expect(shown).toContain(89)
})
