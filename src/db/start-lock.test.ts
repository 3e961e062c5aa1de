import { spawnSync } from "node:child_process"
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { withStartLock } from "./start-lock"

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "start-lock-"))
  file = path.join(folder, "lock")
})

afterEach(() => rm(folder, { recursive: true }))

describe("withStartLock", () => {
  it("lets one in at a time and leaves nothing behind", async () => {
    let inside = 0
    let most = 0
    const enter = () =>
      withStartLock(file, 10_000, async () => {
        most = Math.max(most, ++inside)
        await readdir(folder)
        inside--
      })
    await Promise.all(Array.from({ length: 8 }, enter))
    expect(most).toBe(1)
    expect(await readdir(folder)).toEqual([])
  })

  it("takes over from a dead owner, once, whoever waits", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""])
    await writeFile(file, JSON.stringify({ pid, birth: "1" }))
    let inside = 0
    const enter = () =>
      withStartLock(file, 10_000, async () => {
        expect(++inside).toBe(1)
        await readdir(folder)
        inside--
      })
    await Promise.all([enter(), enter(), enter()])
  })

  it("takes over when the owner's id belongs to another process now", async () => {
    await writeFile(file, JSON.stringify({ pid: process.pid, birth: "long ago" }))
    expect(await withStartLock(file, 1_000, async () => "in")).toBe("in")
  })

  it("respects a living owner and says so", async () => {
    await withStartLock(file, 1_000, async () => {
      await expect(withStartLock(file, 50, async () => "in")).rejects.toThrow(/still starting/)
      expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ pid: process.pid })
    })
  })

  it("opens again after work that throws", async () => {
    await expect(withStartLock(file, 1_000, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken")
    expect(await withStartLock(file, 50, async () => "in")).toBe("in")
  })
})
