import { createHash } from "node:crypto"
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import os from "node:os"
import path from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { libcOfThisPc, nativeFileFor } from "./native-file"

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "party-lan-test-"))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const bytes = Buffer.from("a native file")
const pc = { platform: "linux", arch: "x64", libc: "glibc" } as const
const files = [{ ...pc, name: "koffi-linux_x64.node", sha256: createHash("sha256").update(bytes).digest("hex") }]

function partyWith(content: Buffer | null) {
  const asked: string[] = []
  const fetch = async (url: string) => {
    asked.push(url)
    return content ? new Response(new Uint8Array(content)) : new Response("", { status: 404 })
  }
  return { asked, order: { party: "http://party", folder: path.join(folder, "native"), fetch, pc, files } }
}

describe("koffi's native file", () => {
  it("[LANA-80] is fetched once and kept", async () => {
    const { asked, order } = partyWith(bytes)
    const first = await nativeFileFor(order)
    expect(first.ok && (await readFile(first.value))).toEqual(bytes)
    expect(await nativeFileFor(order)).toEqual(first)
    expect(asked).toEqual(["http://party/lan/koffi-linux_x64.node"])
  })

  it("[LANA-80] is not kept when its digest is another", async () => {
    const { order } = partyWith(Buffer.from("something else"))
    expect(await nativeFileFor(order)).toEqual({ ok: false, refusal: { code: "native_wrong" } })
    expect(await readdir(folder)).toEqual([])
  })

  it("[LANA-80] is fetched again when somebody changed it", async () => {
    const { asked, order } = partyWith(bytes)
    const first = await nativeFileFor(order)
    if (!first.ok) throw new Error("refused")
    await writeFile(first.value, "changed")
    await nativeFileFor(order)
    expect([asked.length, await readFile(first.value)]).toEqual([2, bytes])
  })

  it("[LANA-80] is not there for every PC, nor at every party", async () => {
    const { asked, order } = partyWith(bytes)
    expect(await nativeFileFor({ ...order, pc: { ...pc, libc: "musl" } })).toEqual({ ok: false, refusal: { code: "native_unknown" } })
    expect(asked).toEqual([])
    expect(await nativeFileFor(partyWith(null).order)).toEqual({ ok: false, refusal: { code: "native_unreachable" } })
  })

  it("knows the C library of this PC without asking anybody for names", async () => {
    const began = performance.now()
    expect(process.platform === "linux" ? ["glibc", "musl"] : [null]).toContain(await libcOfThisPc())
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})
