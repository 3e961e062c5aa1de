import { afterEach, beforeEach, expect, vi } from "vitest"

// A console.error nobody expected is a bug that happened to pass.
beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation((...args: unknown[]) => {
    throw new Error(`unexpected console.error: ${args.map(String).join(" ")}`)
  })
})

afterEach(() => {
  expect(console.error).not.toHaveBeenCalled()
  vi.restoreAllMocks()
})
