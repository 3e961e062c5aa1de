import { describe, expect, it } from "vitest"
import { sqlState, violatedConstraint } from "./sql-state"

function fromPostgres(code: string, constraint?: string): Error {
  return Object.assign(new Error("refused"), { code, severity: "ERROR", constraint })
}

describe("sqlState", () => {
  it("reads the driver's own error", () => {
    expect(sqlState(fromPostgres("23505"))).toBe("23505")
  })

  it("looks through the wrappers", () => {
    const wrapped = new Error("Failed query", { cause: new Error("again", { cause: fromPostgres("23514", "not_negative") }) })
    expect(sqlState(wrapped)).toBe("23514")
    expect(violatedConstraint(wrapped)).toBe("not_negative")
  })

  it("does not take a network error for an answer of Postgres", () => {
    expect(sqlState(Object.assign(new Error("write"), { code: "EPIPE" }))).toBeUndefined()
  })

  it("survives causes in a circle and things that are no errors", () => {
    const circle = new Error("a")
    circle.cause = circle
    expect(sqlState(circle)).toBeUndefined()
    expect(sqlState("23505")).toBeUndefined()
  })
})
