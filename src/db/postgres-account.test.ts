import { describe, expect, it } from "vitest"
import { mayEnter, parseAccounts } from "./postgres-account"

const postgres = { name: "postgres", uid: 101, gid: 104 }

describe("parseAccounts", () => {
  it("reads users and leaves root and broken lines out", () => {
    const accounts = parseAccounts("root:x:0:0::/root:/bin/sh\npostgres:x:101:104::/var/lib:/bin/sh\n\nbroken\n")
    expect([...accounts.values()]).toEqual([postgres])
  })
})

describe("mayEnter", () => {
  it("counts only the bit of the closest relation, as the kernel does", () => {
    expect(mayEnter({ uid: 0, gid: 0, mode: 0o700 }, postgres)).toBe(false)
    expect(mayEnter({ uid: 0, gid: 0, mode: 0o755 }, postgres)).toBe(true)
    expect(mayEnter({ uid: 0, gid: 104, mode: 0o710 }, postgres)).toBe(true)
    expect(mayEnter({ uid: 0, gid: 104, mode: 0o701 }, postgres)).toBe(false)
    expect(mayEnter({ uid: 101, gid: 0, mode: 0o077 }, postgres)).toBe(false)
  })
})
