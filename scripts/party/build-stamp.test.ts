import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { isBuilt, markBuilt, stampOf } from "./build-stamp.mjs"
import { arePackagesInstalled } from "../packages.mjs"

let root: string

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "party-stamp-"))
  await write("src/app/page.tsx", "one")
  await write("scripts/party/serve.ts", "two")
  await write("package-lock.json", "{}")
})

afterEach(() => rm(root, { recursive: true }))

async function write(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true })
  await writeFile(path.join(root, file), content)
}

describe("the build's stamp", () => {
  it.each(["src/app/page.tsx", "src/app/new.tsx", "scripts/party/serve.ts", "package-lock.json", "next.config.ts", "public/icon.svg"])(
    "changes with %s",
    async (file) => {
      const before = stampOf(root)
      await write(file, "changed")
      expect(stampOf(root)).not.toBe(before)
    },
  )

  it("changes when a file moves", async () => {
    const before = stampOf(root)
    await rm(path.join(root, "src/app/page.tsx"))
    await write("src/app/other.tsx", "one")
    expect(stampOf(root)).not.toBe(before)
  })

  it("does not change with dates, tests, texts, what tests alone import or what a build makes", async () => {
    const before = stampOf(root)
    await utimes(path.join(root, "src/app/page.tsx"), 1, 1)
    await write("src/app/page.test.tsx", "x")
    await write("src/app/SPEC.md", "x")
    await write("src/testing/party.ts", "x")
    await write("public/lan/agent.mjs", "x")
    expect(stampOf(root)).toBe(before)
  })

  it("counts a build only while its stamp is there and fits", async () => {
    expect(isBuilt(root)).toBe(false)
    await mkdir(path.join(root, ".next"))
    markBuilt(root, stampOf(root))
    expect(isBuilt(root)).toBe(true)
    await write("src/app/page.tsx", "changed")
    expect(isBuilt(root)).toBe(false)
  })
})

describe("arePackagesInstalled", () => {
  const lock = (packages: object) => JSON.stringify({ packages })
  const wanted = { "": {}, "node_modules/a": { version: "1.0.0" }, "node_modules/b-win": { version: "2.0.0", optional: true } }

  it("wants every package in its version, but not the builds for other machines", async () => {
    await write("package-lock.json", lock(wanted))
    expect(arePackagesInstalled(root)).toBe(false)
    await write("node_modules/.package-lock.json", lock({ "node_modules/a": { version: "1.0.0" } }))
    expect(arePackagesInstalled(root)).toBe(true)
    await write("node_modules/.package-lock.json", lock({ "node_modules/a": { version: "0.9.0" } }))
    expect(arePackagesInstalled(root)).toBe(false)
    await write("node_modules/.package-lock.json", lock({ "node_modules/b-win": { version: "2.0.0" } }))
    expect(arePackagesInstalled(root)).toBe(false)
  })
})
