import pg from "pg"
import { describe, expect, it } from "vitest"
import { CommitOutcomeUnknown } from "@/db/transaction"
import { replyTo } from "./answer"
import { databaseOutage } from "./database-outage"
import { createLog } from "./log"
import { DatabaseTooSlow } from "./patience"

/** As drizzle hands on what the driver threw. */
const wrapped = (cause: Error) => new Error("Failed query: select 1", { cause })
const refused = (code: string, words = "no") => Object.assign(new pg.DatabaseError(words, 2, "error"), { severity: "ERROR", code })
const network = (code: string) => Object.assign(new Error(`connect ${code}`), { code })

describe("[PTY-23] databaseOutage", () => {
  it.each([
    ["nobody listens", network("ECONNREFUSED")],
    ["the line broke", network("ECONNRESET")],
    ["the line was closed", new Error("Connection terminated unexpectedly")],
    ["no connection came free", new Error("timeout exceeded when trying to connect")],
    ["a statement was not answered", new Error("Query read timeout")],
    ["it is starting up", refused("57P03")],
    ["it was shut down", refused("57P01")],
    ["a statement took too long", refused("57014")],
    ["it takes no more connections", refused("53300")],
    ["its disk fails", refused("58030")],
    ["Neon's proxy finds it asleep", refused("XX000", "Couldn't connect to compute node")],
    ["Neon's proxy cannot ask for it", refused("XX000", "Control plane request failed")],
    ["Neon's proxy opens no WebSocket", new Error("Unexpected server response: 503")],
    ["nobody knows whether it was committed", new CommitOutcomeUnknown("lost", { cause: network("EPIPE") })],
    ["the caller waited long enough", new DatabaseTooSlow("slow")],
  ])("%s: away", (_what, error) => {
    expect(databaseOutage(error)).toBe("database_away")
    expect(databaseOutage(wrapped(error))).toBe("database_away")
  })

  it("its disk is full: said by that name", () => {
    expect(databaseOutage(wrapped(refused("53100")))).toBe("disk_full")
  })

  it.each([
    ["a constraint that a bug broke", refused("23514")],
    ["a table that is missing", refused("42P01")],
    ["a bug of Postgres itself", refused("XX000", "cache lookup failed for type 1")],
    ["any other error", new TypeError("undefined is not a function")],
    ["nothing of ours", "thrown text"],
  ])("%s: none", (_what, error) => {
    expect(databaseOutage(error)).toBeUndefined()
  })
})

describe("[PTY-23] a door", () => {
  it.each(["database_away", "disk_full"])("says %s with 503, in a sentence for people and without an error's id", async (code) => {
    const error = wrapped(code === "disk_full" ? refused("53100") : network("ECONNREFUSED"))
    const { answer, status, headers } = await replyTo(createLog("silent"), "test", () => Promise.reject(error))
    expect({ answer, status, headers }).toEqual({
      answer: { success: false, code, error: expect.stringMatching(/try again\.$/) as string },
      status: 503,
      headers: { "retry-after": "2" },
    })
  })
})
