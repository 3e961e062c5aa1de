import { describe, expect, it } from "vitest"
import type { Database } from "@/db/client"
import { createRateLimit } from "./rate-limit"

type Statement = { readonly text: string; readonly name?: string; readonly values: readonly unknown[] }

/** A pool that has counted so many of each key, for so long still, and writes down what it was asked. */
function counted(points: number, leftMs: number) {
  const asked: Statement[] = []
  const query = async (statement: Statement) => {
    asked.push(statement)
    return { rows: [{ key: statement.values[0], points, expire: Date.now() + leftMs }], rowCount: 1 }
  }
  const limit = createRateLimit({ query } as unknown as Database["pool"], { keyPrefix: "arrival", points: 3, duration: 60 })
  return { limit, asked }
}

describe("[PTY-6] [PTY-22] [PTY-27] a limit that is counted in Postgres", () => {
  it("takes as many as are allowed, and tells whoever is one more when to come back, in whole seconds", async () => {
    expect(await counted(3, 30_000).limit.take("ann")).toBeNull()
    expect(await counted(4, 29_500).limit.take("ann")).toEqual({ seconds: 30 })
    expect(await counted(4, 0).limit.take("ann")).toEqual({ seconds: 1 })
  })

  it("says before it is taken whether another one is left", async () => {
    expect(await counted(2, 30_000).limit.check("ann")).toBeNull()
    expect(await counted(3, 29_500).limit.check("ann")).toEqual({ seconds: 30 })
  })

  it("counts under its own prefix, in statements without a name", async () => {
    const { limit, asked } = counted(1, 30_000)
    await limit.check("ann")
    await limit.take("ann")
    await limit.giveBack("ann")
    expect(asked.map(({ values, name }) => [values[0], name])).toEqual(Array.from({ length: 3 }, () => ["arrival:ann", undefined]))
  })

  it("is no refusal when the database fails: that is thrown as it is", async () => {
    const failure = new Error("connection lost")
    const limit = createRateLimit({ query: () => Promise.reject(failure) } as unknown as Database["pool"], { keyPrefix: "arrival", points: 3, duration: 60 })
    for (const ask of [limit.check, limit.take, limit.giveBack]) await expect(ask("ann")).rejects.toBe(failure)
  })
})
