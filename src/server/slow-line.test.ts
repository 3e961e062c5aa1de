import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createPartyQueues } from "./party-queue"
import { createPatience } from "./patience"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

it.each([1_000, 2_400, 4_100, 7_500])("[PTY-25] eight people in a line where each takes %i ms, who try again after every no: no work is in vain", async (tookMs) => {
  const queues = createPartyQueues()
  let begun = 0
  let done = 0

  async function tryOnce(): Promise<void> {
    const patience = createPatience()
    const work = async () => {
      begun += 1
      await delay(tookMs)
      patience.check()
      done += 1
      return true
    }
    const turn = queues.run("ann's", work, (lastTookMs) => !patience.isOver && !patience.isTooShortFor(lastTookMs))
    await patience.wait(turn ?? Promise.resolve(undefined))
  }
  async function person(): Promise<void> {
    for (;;) {
      await tryOnce().catch(() => undefined)
      await delay(150)
    }
  }
  for (let place = 0; place < 8; place++) void person()
  await vi.advanceTimersByTimeAsync(5 * 60_000)

  // Without the rule four of a hundred are done: everybody is begun when there is no time left for them.
  expect(done).toBeGreaterThan(0.9 * begun)
  expect(done * tookMs).toBeGreaterThan(0.8 * 5 * 60_000)
})
