import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { newsFrom, pollOnly } from "./news"

const patience = { connectedMs: 5_000, cutMs: 700 }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function line({ isConnected = true } = {}) {
  let say: (event: string) => void = () => {}
  let change = () => {}
  const connection = { state: isConnected ? "connected" : "connecting", bind: (_: "state_change", callback: () => void) => void (change = callback) }
  const bind_global = (callback: (event: string) => void) => {
    say = callback
    return channel
  }
  const channel = { bind_global } as unknown as Parameters<typeof newsFrom>[0]["channel"]
  const news = newsFrom({ channel, connection, patience, hangUp: () => {} })
  const breakLine = () => {
    connection.state = "connecting"
    change()
  }
  return { news, say: (event: string) => say(event), breakLine }
}

/** Whether somebody who waits was woken. */
function waiting(wait: Promise<void>): () => boolean {
  let isOver = false
  void wait.then(() => (isOver = true))
  return () => isOver
}

describe("news", () => {
  it("wake who waits", async () => {
    const { news, say } = line()
    const isOver = waiting(news.wait())
    await vi.advanceTimersByTimeAsync(100)
    expect(isOver()).toBe(false)
    say("session-changed")
    await vi.advanceTimersByTimeAsync(0)
    expect(isOver()).toBe(true)
    expect(news.heard()).toBe(1)
  })

  it("that came before the wait are not waited for, and are told once", async () => {
    const { news, say } = line()
    say("session-changed")
    await news.wait()
    const isOver = waiting(news.wait())
    await vi.advanceTimersByTimeAsync(patience.connectedMs - 1)
    expect(isOver()).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(isOver()).toBe(true)
  })

  it("are asked for sooner while the line is cut, or where there is none", async () => {
    for (const news of [line({ isConnected: false }).news, pollOnly(patience)]) {
      const isOver = waiting(news.wait())
      await vi.advanceTimersByTimeAsync(patience.cutMs - 1)
      expect(isOver()).toBe(false)
      await vi.advanceTimersByTimeAsync(1)
      expect(isOver()).toBe(true)
    }
  })

  it("are asked for at once when the line breaks under who waits, and then often", async () => {
    const { news, breakLine } = line()
    const first = waiting(news.wait())
    breakLine()
    await vi.advanceTimersByTimeAsync(0)
    expect(first()).toBe(true)
    const second = waiting(news.wait())
    await vi.advanceTimersByTimeAsync(patience.cutMs)
    expect(second()).toBe(true)
  })

  it("are no words of the library, but for the subscription: what was said before it was missed", async () => {
    const { news, say } = line()
    const isOver = waiting(news.wait())
    say("pusher:pong")
    say("pusher_internal:anything")
    await vi.advanceTimersByTimeAsync(10)
    expect(isOver()).toBe(false)
    say("pusher:subscription_succeeded")
    await vi.advanceTimersByTimeAsync(0)
    expect(isOver()).toBe(true)
  })
})
