import { expect, it } from "vitest"
import { clockText } from "./clock-text"

it("shows minutes and two digits of seconds", () => {
  expect(clockText(299_000)).toBe("4:59")
  expect(clockText(7_000)).toBe("0:07")
  expect(clockText(3_600_000)).toBe("60:00")
})

it("shows a second for as long as any of it is left", () => {
  expect(clockText(60_001)).toBe("1:01")
  expect(clockText(1)).toBe("0:01")
  expect(clockText(0)).toBe("0:00")
  expect(clockText(-5_000)).toBe("0:00")
})
