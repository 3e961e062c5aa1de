import { DrizzleQueryError } from "drizzle-orm/errors"
import { describe, expect, it } from "vitest"
import { errorForLog } from "./error-for-log"

const postgresSays = (message: string, fields: object = {}) =>
  Object.assign(new Error(message), { severity: "ERROR", code: "23514", constraint: "wallet_covered", table: "party_users", ...fields })

describe("[PTY-15] an error in the log", () => {
  it("keeps the statement and drops its parameters, wherever they are repeated", () => {
    const cause = postgresSays("new row violates check constraint", { detail: "Failing row contains (Ann, 7391)." })
    const logged = errorForLog(new DrizzleQueryError("select $1", [7391, "ABCD-EFGH"], cause))
    expect(logged).toMatchObject({
      type: "DrizzleQueryError",
      statement: "select $1",
      cause: { message: "new row violates check constraint", code: "23514", constraint: "wallet_covered", table: "party_users" },
    })
    expect(JSON.stringify(logged)).not.toMatch(/7391|ABCD/)
  })

  it("keeps where it happened", () => {
    expect(errorForLog(new Error("away")).stack).toMatch(/^at .*error-for-log\.test/)
  })

  it("keeps why Pusher was not reached, or what it answered, and not to whom", () => {
    const address = "https://api-eu.pusher.com/apps/1/users/guest-7/terminate_connections?auth_key=k&auth_signature=s"
    const away = Object.assign(new Error(`request to ${address} failed, reason: getaddrinfo ENOTFOUND api-eu.pusher.com`), { code: "ENOTFOUND" })
    const lost = Object.assign(new Error("Request failed with an error"), { url: "https://api-eu.pusher.com/apps/1?auth_key=k", error: away })
    expect(errorForLog(lost)).toMatchObject({ message: "Request failed with an error", cause: { code: "ENOTFOUND", message: "request to … failed, reason: getaddrinfo ENOTFOUND api-eu.pusher.com" } })
    const refused = Object.assign(new Error("Unexpected status code 401"), { url: "https://api-eu.pusher.com/apps/1?auth_key=k", error: undefined, status: 401, body: "Invalid key k" })
    expect(errorForLog(refused)).toMatchObject({ cause: { message: "answered with 401" } })
    expect(JSON.stringify([errorForLog(lost), errorForLog(refused)])).not.toMatch(/auth_key|auth_signature|guest-7|Invalid key/)
  })

  it("drops what Postgres quotes", () => {
    expect(errorForLog(postgresSays('invalid input syntax for type integer: "7391"')).message).toBe("invalid input syntax for type integer: …")
  })

  it("keeps the message of a bug of ours, and follows its causes but not for ever", () => {
    const round = new Error("round")
    round.cause = round
    expect(errorForLog(new Error("ours", { cause: round }))).toMatchObject({ message: "ours", cause: { message: "round" } })
    expect(JSON.stringify(errorForLog(round)).match(/"round"/g)?.length).toBeLessThan(10)
  })

  it("says nothing of a thing that is no error", () => {
    expect(errorForLog("7391")).toEqual({ type: "string", message: "not an error" })
    expect(errorForLog({ pinCode: 7391 })).toEqual({ type: "object", message: "not an error" })
  })
})
