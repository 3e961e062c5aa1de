import fc from "fast-check"
import { expect, it } from "vitest"
import { chosenDeletionDate, deletionDateFor, isDueForDeletion } from "./deletion-date"

const dayMs = 24 * 60 * 60 * 1000
const now = new Date("2026-11-21T20:00:00Z")
const ahead = (ms: number) => new Date(now.getTime() + ms)

it("[PTY-20] a party lives as many days as the operator says, and for ever with 0", () => {
  expect(deletionDateFor(now, 90)).toEqual(new Date("2027-02-19T20:00:00Z"))
  expect(deletionDateFor(now, 0)).toBeNull()
})

it("[PTY-20] the host may choose from a day to two years ahead", () => {
  expect(chosenDeletionDate(ahead(dayMs), now)).toEqual({ ok: true, value: ahead(dayMs) })
  expect(chosenDeletionDate(ahead(730 * dayMs), now).ok).toBe(true)
  for (const ms of [dayMs - 1, 0, -dayMs, 730 * dayMs + 1]) {
    expect(chosenDeletionDate(ahead(ms), now)).toMatchObject({ ok: false, refusal: { code: "deletion_date_out_of_range" } })
  }
})

it("[PTY-20] [PTY-21] whatever date a host may choose, the party is not deleted yet at that moment, and is at that date", () => {
  const anyMs = fc.integer({ min: -3 * 730 * dayMs, max: 3 * 730 * dayMs })
  fc.assert(
    fc.property(anyMs, (ms) => {
      const chosen = chosenDeletionDate(ahead(ms), now)
      if (!chosen.ok) return
      expect(isDueForDeletion({ deletesAt: chosen.value }, now)).toBe(false)
      expect(isDueForDeletion({ deletesAt: chosen.value }, new Date(chosen.value.getTime() - 1))).toBe(false)
      expect(isDueForDeletion({ deletesAt: chosen.value }, chosen.value)).toBe(true)
    }),
  )
})

it("[PTY-21] a party without a date is never due", () => {
  expect(isDueForDeletion({ deletesAt: null }, new Date("9999-01-01T00:00:00Z"))).toBe(false)
})
