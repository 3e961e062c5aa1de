import { spawnSync } from "node:child_process"
import { chmod, mkdir, rm, statfs, writeFile } from "node:fs/promises"
import path from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { startApp, type App } from "@/testing/browser/app"
import { gatherCrowd, realtimeKeyOf, until, type Crowd } from "@/testing/faults/crowd"
import { newFaultFolder, type FaultFolder } from "@/testing/faults/fault-folder"
import { reportFault } from "@/testing/faults/fault-report"
import { fetchNight } from "@/testing/faults/screen"

const mebibyte = 1024 * 1024
const isPossible = process.platform === "linux" && process.getuid?.() === 0
const name = isPossible ? "the disk is full" : "the disk is full (needs Linux and root, for a disk of its own)"

describe.skipIf(!isPossible)(name, () => {
  let folder: FaultFolder
  let disk: string
  let app: App | undefined
  let crowd: Crowd | undefined

  beforeEach(async () => {
    folder = await newFaultFolder()
    disk = path.join(folder.path, "disk")
    await mkdir(disk)
    run("mount", "-t", "tmpfs", "-o", "size=160m,mode=711", "tmpfs", disk)
    await chmod(disk, 0o711)
  })

  afterEach(async () => {
    await crowd?.close()
    await rm(path.join(disk, "ballast"), { recursive: true, force: true })
    await app?.stop()
    run("umount", "-l", disk)
    await folder.remove()
  })

  it("writes are refused with a sentence, looking goes on; with room again everything is right within 5 s", async () => {
    app = await startApp({ dataDir: path.join(disk, "party") })
    const { baseUrl } = app
    crowd = await gatherCrowd({
      baseUrl: () => baseUrl,
      databaseUrl: await app.databaseUrl(),
      sessionSecret: await app.sessionSecret(),
      realtime: { port: app.port, key: await realtimeKeyOf(app.dataDir) },
    })
    const { phones, screens } = crowd
    const tries = () => phones.flatMap((phone) => phone.tries)
    const refusals = () => tries().filter(({ what }) => what !== "yes" && what !== "nobody")
    await crowd.moreAnswers(40, 15_000)

    await fill(path.join(disk, "ballast"))
    const fullAt = performance.now()
    await until(() => refusals().length > 5, 60_000, () => `nobody was refused: ${tries().at(-1)?.what}; ${app?.output().slice(-300)}`)
    const refusedAt = performance.now()
    const looks = await Promise.allSettled(screens.map((screen) => fetchNight({ ...screen, baseUrl: () => baseUrl })))

    await rm(path.join(disk, "ballast"), { recursive: true })
    const roomAt = performance.now()
    const firstAnswerAt = await crowd.moreAnswers(1, 5_000)
    await crowd.rest()
    const rightAt = await crowd.allScreensRight(5_000)

    expect(rightAt - roomAt).toBeLessThan(5_000)
    expect(new Set(refusals().map(({ what }) => what)).has("disk_full")).toBe(true)
    expect(looks.map(({ status }) => status)).toEqual(screens.map(() => "fulfilled"))
    expect(app.output()).not.toContain("The party broke")
    expect(await crowd.brokenPromises()).toEqual([])
    reportFault("disk full", {
      "until a write was refused (ms)": refusedAt - fullAt,
      "looks answered meanwhile": looks.length,
      "first tap answered with room again (ms)": firstAnswerAt - roomAt,
      "screens right (ms)": rightAt - roomAt,
      said: [...new Set(refusals().map(({ what }) => what))].join("+"),
    })
  })
})

/** Leaves no room at all: what the database writes into files that are there already still goes in. */
async function fill(folder: string): Promise<void> {
  await mkdir(folder)
  const { bavail, bsize } = await statfs(folder)
  await writeFile(path.join(folder, "most"), Buffer.alloc(Math.max(0, bavail * bsize - mebibyte / 4)))
  const rest = () => writeFile(path.join(folder, "rest"), Buffer.alloc(mebibyte))
  await expect(rest()).rejects.toMatchObject({ code: "ENOSPC" })
}

function run(program: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" })
  if (status !== 0) throw new Error(`${program}: ${stderr}`)
}
