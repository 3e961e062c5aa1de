import { describe, expect, it } from "vitest"
import { connectionFor, parseInt8 } from "./client"

describe("connectionFor", () => {
  it.each([
    ["postgres://u:p@ep-cool-name-pooler.eu-central-1.aws.neon.tech/party?sslmode=require", "neon"],
    ["postgres://u:p@ep-cool-name.eu-central-1.aws.neon.tech:5432/party", "neon"],
    ["postgres://u:p@127.0.0.1:5432/party", "pg"],
    ["postgresql://u:neon.tech@db.example.org/neon.tech", "pg"],
    ["postgres://u:p@neon.tech.example.org/party", "pg"],
    ["postgres://u:p@notneon.tech/party", "pg"],
  ])("%s", (url, connection) => {
    expect(connectionFor(url)).toBe(connection)
  })
})

describe("parseInt8", () => {
  it("is exact or nothing", () => {
    expect(parseInt8("9007199254740991")).toBe(Number.MAX_SAFE_INTEGER)
    expect(parseInt8("-3")).toBe(-3)
    expect(() => parseInt8("9007199254740993")).toThrow(RangeError)
  })
})
