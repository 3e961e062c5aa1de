import { EventEmitter } from "node:events"
import { afterEach, describe, expect, it } from "vitest"
import { closeRuntime } from "./app-runtime"
import { createShutdown, stopOnSignals, type Part } from "./shutdown"

const parts: Part[] = ["claim", "postgres", "database", "runtime", "app", "server", "lan", "pusher"]

function watched(stepMs?: number) {
  const closed: string[] = []
  const troubles: string[] = []
  const exits: number[] = []
  const shutdown = createShutdown({ exit: (code) => exits.push(code), onTrouble: (part) => troubles.push(part), stepMs })
  return { closed, troubles, exits, shutdown }
}

describe("shutdown", () => {
  it("closes what is nearest to the guests first and the database last, whatever the order of opening", async () => {
    const { closed, exits, shutdown } = watched()
    for (const part of parts) shutdown.add(part, async () => void closed.push(part))
    await shutdown.stop(0)
    expect(closed).toEqual(["pusher", "lan", "server", "app", "runtime", "database", "postgres", "claim"])
    expect(exits).toEqual([0])
  })

  it("waits for each part before the next", async () => {
    const { closed, troubles, shutdown } = watched()
    let finishDatabase: () => void = () => undefined
    const closing = new Promise<void>((called) => {
      shutdown.add("database", () => {
        called()
        return new Promise<void>((resolve) => (finishDatabase = resolve))
      })
    })
    shutdown.add("postgres", () => void closed.push("postgres"))
    const stopped = shutdown.stop(0)
    await closing
    expect(closed).toEqual([])
    finishDatabase()
    await stopped
    expect(closed).toEqual(["postgres"])
    expect(troubles).toEqual([])
  })

  it("closes everything once, however often it is asked", async () => {
    const { closed, exits, shutdown } = watched()
    shutdown.add("pusher", () => void closed.push("pusher"))
    await Promise.all([shutdown.stop(0), shutdown.stop(1)])
    expect(closed).toEqual(["pusher"])
    expect(exits).toEqual([0])
  })

  it("goes on after a part that breaks and after one that hangs", async () => {
    const { closed, troubles, exits, shutdown } = watched(20)
    shutdown.add("server", () => Promise.reject(new Error("broken")))
    shutdown.add("app", () => new Promise(() => undefined))
    shutdown.add("postgres", () => void closed.push("postgres"))
    await shutdown.stop(0)
    expect(troubles).toEqual(["server", "app"])
    expect(closed).toEqual(["postgres"])
    expect(exits).toEqual([0])
  })

  it("ends the process when even the database does not stop in time", async () => {
    const ended = new Promise<number>((resolve) => {
      const shutdown = createShutdown({ exit: resolve, onTrouble: () => undefined, capMs: 20 })
      shutdown.add("postgres", () => new Promise(() => undefined))
      void shutdown.stop(0)
    })
    expect(await ended).toBe(1)
  })
})

describe("signals", () => {
  function pressed() {
    const { closed, exits, shutdown } = watched()
    // The database never stops: what ends the process then is the second press alone.
    shutdown.add("pusher", () => void closed.push("pusher"))
    shutdown.add("postgres", () => new Promise(() => undefined))
    const source = new EventEmitter()
    const clock = { ms: 1_000 }
    let announced = 0
    stopOnSignals(shutdown, { exit: (code) => exits.push(code), now: () => clock.ms, onStop: () => announced++, source })
    return { closed, exits, source, clock, announced: () => announced }
  }

  it("takes the two signals of one Ctrl-C under npm for one", () => {
    const { closed, exits, source, clock, announced } = pressed()
    source.emit("SIGINT")
    clock.ms += 40
    source.emit("SIGINT")
    expect(closed).toEqual(["pusher"])
    expect(exits).toEqual([])
    expect(announced()).toBe(1)
  })

  it("ends at once on a second Ctrl-C", () => {
    const { exits, source, clock } = pressed()
    source.emit("SIGINT")
    clock.ms += 1_000
    source.emit("SIGINT")
    expect(exits).toEqual([1])
  })

  it.each(["SIGINT", "SIGTERM", "SIGHUP"])("stops in order on %s", (signal) => {
    const { closed, source } = pressed()
    source.emit(signal)
    expect(closed).toEqual(["pusher"])
  })
})

describe("closeRuntime", () => {
  const key = Symbol.for("party-os.runtime")
  afterEach(() => void Reflect.deleteProperty(globalThis, key))

  it("closes what the app has opened, and nothing when it has opened nothing", async () => {
    await closeRuntime()
    let closes = 0
    Reflect.set(globalThis, key, { close: async () => void closes++ })
    await closeRuntime()
    expect(closes).toBe(1)
  })
})
