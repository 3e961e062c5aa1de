import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { missingPackages } from "./ensure-programs.mjs"

describe("what the tests start", () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "programs-"))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it("is missing where there are no programs", () => {
    expect(missingPackages([folder])).toEqual(expect.arrayContaining(["pgbouncer", "iproute2", "nftables", "wireguard-go", "iputils-ping"]))
  })

  it("is not missing where there is such a program, and still where the file is none", () => {
    writeFileSync(path.join(folder, "nft"), "", { mode: 0o755 })
    writeFileSync(path.join(folder, "ping"), "", { mode: 0o644 })
    const missing = missingPackages(["/nowhere", folder])
    expect(missing).not.toContain("nftables")
    expect(missing).toContain("iputils-ping")
  })
})
