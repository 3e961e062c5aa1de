import { describe, expect, it, vi } from "vitest"
import { createPartyQueues } from "./party-queue"

describe("party queues", () => {
  it("run the work of one party one after another, in order", async () => {
    const queues = createPartyQueues()
    const log: string[] = []
    const gates = [gate(), gate()]
    const works = gates.map(async (it, index) =>
      queues.run("ann's", async () => {
        log.push(`start ${index}`)
        await it.opened
        log.push(`end ${index}`)
      }),
    )
    gates[1]?.open()
    await turn()
    expect(log).toEqual(["start 0"])
    gates[0]?.open()
    await Promise.all(works)
    expect(log).toEqual(["start 0", "end 0", "start 1", "end 1"])
  })

  it("run different parties side by side", async () => {
    const queues = createPartyQueues()
    const never = gate()
    void queues.run("ann's", () => never.opened)
    expect(await queues.run("bo's", async () => "done")).toBe("done")
    never.open()
  })

  it("go on after work that threw, and hand the error to who asked", async () => {
    const queues = createPartyQueues()
    const broken = queues.run("ann's", () => Promise.reject(new Error("broken")))
    const next = queues.run("ann's", async () => "done")
    await expect(broken).rejects.toThrow("broken")
    expect(await next).toBe("done")
  })

  it("[PTY-25] ask before each turn, with how long the last took that began; a no goes to who asked, and the next is asked", async () => {
    const queues = createPartyQueues()
    const heard: number[] = []
    const mayBegin = (isFine: boolean) => (lastTookMs: number) => {
      heard.push(lastTookMs)
      return isFine
    }
    const slow = gate()
    const outcomes = Promise.all([
      queues.run("ann's", () => slow.opened.then(() => "slow"), mayBegin(true)),
      queues.run("ann's", async () => "never", mayBegin(false)),
      queues.run("ann's", async () => "done", mayBegin(true)),
    ])
    await vi.waitFor(() => expect(heard).toHaveLength(1))
    setTimeout(() => slow.open(), 50)
    expect(await outcomes).toEqual(["slow", undefined, "done"])
    expect(heard[0]).toBe(0)
    expect(heard[1]).toBeGreaterThanOrEqual(49)
    expect(heard[2]).toBe(heard[1])
    await queues.run("ann's", async () => "later", mayBegin(true))
    expect(heard[3]).toBe(0)
  })

  it("refuse when two thousand wait already, and take more when the line is shorter", async () => {
    const queues = createPartyQueues()
    const busy = gate()
    void queues.run("ann's", () => busy.opened)
    await turn()
    const done: number[] = []
    const waiting = Array.from({ length: 2_000 }, async (_, place) => queues.run("ann's", async () => void done.push(place)))
    expect(queues.run("ann's", async () => undefined)).toBeUndefined()
    expect(queues.run("bo's", async () => undefined)).toBeDefined()
    busy.open()
    await Promise.all(waiting)
    expect(done).toEqual(Array.from({ length: 2_000 }, (_, place) => place))
    expect(await queues.run("ann's", async () => "done")).toBe("done")
  })
})

function gate(): { opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))
