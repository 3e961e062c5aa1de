import fc from "fast-check"
import { expect, it } from "vitest"
import { AVATAR_GROUNDS, AVATAR_INK, AVATAR_PATTERNS, avatarLook, initialsOf } from "./avatar-look"
import { contrast } from "./contrast"

it("gives the same id the same colour and pattern whatever the name", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (id, before, after) => {
      const { ground, pattern } = avatarLook(id, before)
      expect(avatarLook(id, after)).toMatchObject({ ground, pattern })
      expect(AVATAR_GROUNDS).toContain(ground)
      expect(AVATAR_PATTERNS).toContain(pattern)
    }),
  )
})

it("tells neighbouring ids apart: 200 of them use every colour and every pattern", () => {
  const looks = Array.from({ length: 200 }, (_, index) => avatarLook(`gst_${index}`, "x"))
  expect(new Set(looks.map((look) => look.ground)).size).toBe(AVATAR_GROUNDS.length)
  expect(new Set(looks.map((look) => look.pattern)).size).toBe(AVATAR_PATTERNS.length)
})

it.each(AVATAR_GROUNDS)("initials read on %s", (ground) => {
  expect(contrast(AVATAR_INK, ground)).toBeGreaterThanOrEqual(4.5)
})

it.each([
  ["Anna Lena", "AL"],
  ["bo", "BO"],
  ["  Jo  van   Dyk ", "JD"],
  ["Ünal", "ÜN"],
  ["👩‍🚀", "👩‍🚀"],
  ["", "?"],
  ["   ", "?"],
])("%j is %j", (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
