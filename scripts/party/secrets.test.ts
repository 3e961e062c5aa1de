import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { secureRandom } from "@/kernel/secure-random"
import { CannotStart } from "./cannot-start"
import { keepSecrets } from "./secrets"

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "party-secrets-"))
  file = path.join(folder, "data", "secrets.json")
})

afterEach(() => rm(folder, { recursive: true }))

const keep = () => keepSecrets(path.join(folder, "data"), secureRandom)

describe("keepSecrets", () => {
  it("draws them once and finds the same ones at every later start", async () => {
    const first = await keep()
    expect(await keep()).toEqual(first)
    expect(Buffer.from(first.sessionSecret, "base64url")).toHaveLength(32)
    expect(first.pusher.appId).toMatch(/^\d{6}$/)
    expect(first.hostPasscode).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  })

  it("draws other ones for another folder", async () => {
    const here = await keep()
    const there = await keepSecrets(path.join(folder, "other"), secureRandom)
    expect(there.sessionSecret).not.toBe(here.sessionSecret)
    expect(there.pusher.secret).not.toBe(here.pusher.secret)
  })

  it("lets nobody but its owner read the file, and leaves no draft behind", async () => {
    await keep()
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(path.dirname(file))).toEqual(["secrets.json"])
  })

  it("gives starts at the same moment the same secrets", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, keep))
    expect(new Set(all.map((secrets) => JSON.stringify(secrets))).size).toBe(1)
    expect(await readdir(path.dirname(file))).toEqual(["secrets.json"])
  })

  it.each([["half of it", (text: string) => text.slice(0, 40)], ["a short session secret", (text: string) => text.replace(/"sessionSecret": "\S+"/, '"sessionSecret": "x"')]])(
    "refuses a damaged file (%s) and does not replace it",
    async (_name, damage) => {
      await keep()
      const damaged = damage(await readFile(file, "utf8"))
      await writeFile(file, damaged)
      await expect(keep()).rejects.toThrow(CannotStart)
      expect(await readFile(file, "utf8")).toBe(damaged)
    },
  )
})
