import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { defuseStaleFile, findPostmaster, isServerOf, parsePostmasterFile } from "./postmaster-file"

const lines = (pid: number) => `${pid}\n/data\n1790000000\n54321\n\n127.0.0.1\n  1234  5678\nready   \n`

describe("parsePostmasterFile", () => {
  it("reads id, port and status", () => {
    expect(parsePostmasterFile(lines(77))).toEqual({ pid: 77, port: 54321, ready: true })
  })

  it("reads a file that is still being written", () => {
    expect(parsePostmasterFile("77\n/data\n")).toEqual({ pid: 77, port: undefined, ready: false })
    expect(parsePostmasterFile("")).toBeUndefined()
    expect(parsePostmasterFile("-5\n")).toBeUndefined()
  })
})

describe("isServerOf", () => {
  it("wants the program and the whole folder", () => {
    expect(isServerOf("/x/bin/postgres -D /party/cluster -p 5", "/party/cluster")).toBe(true)
    expect(isServerOf("/x/bin/postgres -D /party/cluster2 -p 5", "/party/cluster")).toBe(false)
    expect(isServerOf("vim -D /party/cluster -p", "/party/cluster")).toBe(false)
    expect(isServerOf("", "/party/cluster")).toBe(false)
  })
})

describe("a stale file", () => {
  let cluster: string
  beforeEach(async () => {
    cluster = await mkdtemp(path.join(tmpdir(), "postmaster-"))
  })
  afterEach(() => rm(cluster, { recursive: true }))

  it("is told from a living program that merely has the id", async () => {
    expect(await findPostmaster(cluster)).toEqual({ state: "absent" })
    await writeFile(path.join(cluster, "postmaster.pid"), lines(process.pid))
    expect(await findPostmaster(cluster)).toEqual({ state: "stale" })
  })

  it("keeps what it says about shared memory", async () => {
    await writeFile(path.join(cluster, "postmaster.pid"), lines(process.pid))
    await defuseStaleFile(cluster)
    const text = await readFile(path.join(cluster, "postmaster.pid"), "utf8")
    expect(text).toContain("1234  5678")
    expect(parsePostmasterFile(text)?.pid).not.toBe(process.pid)
  })

  it("goes when it is empty, which PostgreSQL cannot read either", async () => {
    await writeFile(path.join(cluster, "postmaster.pid"), "")
    await defuseStaleFile(cluster)
    expect(await findPostmaster(cluster)).toEqual({ state: "absent" })
  })
})
