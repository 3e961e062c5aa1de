import { spawn, spawnSync } from "node:child_process"
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { birthOf } from "@/db/process-identity"
import { CannotStart } from "./cannot-start"
import { claimParty, refuseIfRunning } from "./claim"

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "party-claim-"))
})

afterEach(() => rm(folder, { recursive: true }))

const ownedBy = (owner: object) => writeFile(path.join(folder, "running.json"), JSON.stringify(owner))

describe("claimParty", () => {
  it("refuses while another process runs the party, and says where", async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"])
    try {
      await ownedBy({ pid: other.pid, birth: await birthOf(other.pid ?? 0), url: "http://localhost:3000" })
      const refusal = claimParty(folder)
      await expect(refusal).rejects.toThrow(CannotStart)
      await expect(refusal).rejects.toThrow(`at http://localhost:3000 (process ${other.pid})`)
    } finally {
      other.kill()
    }
  })

  it("takes over from a run that was killed", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""])
    await ownedBy({ pid, birth: "1" })
    await expect(claimParty(folder)).resolves.toBeDefined()
  })

  it.runIf(process.platform !== "win32")("takes over when the process id belongs to another program now", async () => {
    await ownedBy({ pid: process.ppid, birth: "long ago" })
    await expect(claimParty(folder)).resolves.toBeDefined()
  })

  it("is not stopped by a file nobody can read", async () => {
    await writeFile(path.join(folder, "running.json"), "{")
    await expect(claimParty(folder)).resolves.toBeDefined()
  })

  it("makes the folder, and leaves nothing in it when released", async () => {
    const fresh = path.join(folder, "fresh")
    const claim = await claimParty(fresh)
    await claim.announce("http://localhost:3000")
    expect(await readdir(fresh)).toEqual(["running.json"])
    await claim.release()
    expect(await readdir(fresh)).toEqual([])
  })

  it("does not stand in its own way", async () => {
    await claimParty(folder)
    await expect(refuseIfRunning(folder)).resolves.toBeUndefined()
  })
})
