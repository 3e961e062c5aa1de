import { spawnSync } from "node:child_process"
import { mkdtempSync, rmdirSync } from "node:fs"
import { chmod, mkdir, rm, statfs, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { sql } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { databaseOutage } from "@/server/database-outage"
import { startApp, type App } from "@/testing/browser/app"
import { gatherCrowd, getGoingMs, realtimeKeyOf, startMs, until, type Crowd } from "@/testing/faults/crowd"
import { newFaultFolder } from "@/testing/faults/fault-folder"
import { reportFault } from "@/testing/faults/fault-report"
import { createOpenedThings } from "@/testing/faults/opened-things"
import { fetchNight } from "@/testing/faults/screen"

const mebibyte = 1024 * 1024
const diskOptions = ["-t", "tmpfs", "-o", "size=160m,mode=711", "tmpfs"]
const isPossible = canMount()
const name = isPossible ? "the disk is full" : "the disk is full (needs Linux and root that may mount, for a disk of its own)"

describe.skipIf(!isPossible)(name, () => {
  const things = createOpenedThings()
  let disk: string
  let app: App
  let crowd: Crowd

  beforeAll(async () => {
    const folder = await things.open(newFaultFolder(), (opened) => opened.remove())
    disk = path.join(folder.path, "disk")
    await mkdir(disk)
    await things.open(mount(disk), () => run("umount", "-l", disk))
    await chmod(disk, 0o711)
    app = await things.open(startApp({ dataDir: path.join(disk, "party") }), (opened) => opened.stop())
    const gathering = gatherCrowd({
      baseUrl: () => app.baseUrl,
      databaseUrl: await app.databaseUrl(),
      sessionSecret: await app.sessionSecret(),
      realtime: { port: app.port, key: await realtimeKeyOf(app.dataDir) },
    })
    crowd = await things.open(gathering, (opened) => opened.close())
    await crowd.rest()
  }, startMs)

  beforeEach(async () => {
    crowd.resume()
    await crowd.moreAnswers(40, getGoingMs)
  })

  afterEach(() => rm(path.join(disk, "ballast"), { recursive: true, force: true }))

  afterAll(things.closeAll)

  /** Leaves no room, from now on. */
  async function fillDisk(): Promise<{ fullAt: number; said: () => string[] }> {
    await fill(path.join(disk, "ballast"))
    const fullAt = performance.now()
    const said = () => crowd.phones.flatMap(({ tries }) => tries.filter(({ atMs }) => atMs > fullAt).map(({ what }) => what))
    return { fullAt, said }
  }

  async function makeRoom(): Promise<number> {
    await rm(path.join(disk, "ballast"), { recursive: true })
    return performance.now()
  }

  it("[PTY-23] writes are refused with a sentence, looking goes on; with room again everything is right within 5 s", async () => {
    const { fullAt, said } = await fillDisk()
    await until(() => said().filter((what) => what === "disk_full").length > 5, 20_000, () => `nobody was refused: ${app.output().slice(-300)}`)
    const refusedAt = performance.now()
    const looks = await Promise.allSettled(crowd.screens.map((screen) => fetchNight({ ...screen, baseUrl: () => app.baseUrl })))

    const roomAt = await makeRoom()
    const firstAnswerAt = await crowd.moreAnswers(1, 5_000)
    await crowd.rest()
    const rightAt = await crowd.allScreensRight(5_000)

    expect(rightAt - roomAt).toBeLessThan(5_000)
    expectClearWords(said())
    expect(looks.map(({ status }) => status)).toEqual(crowd.screens.map(() => "fulfilled"))
    expect(app.output()).not.toContain("The party broke")
    expect(await crowd.brokenPromises()).toEqual([])
    reportFault("disk full", {
      "until writes were refused (ms)": refusedAt - fullAt,
      "looks answered meanwhile": looks.length,
      "first tap answered with room again (ms)": firstAnswerAt - roomAt,
      "screens right (ms)": rightAt - roomAt,
      said: [...new Set(said())].join("+"),
    })
  })

  it("[PTY-23] PostgreSQL dies of it, since not even its log can be written: with room again the party starts it and everything is right within 5 s", async () => {
    const { said } = await fillDisk()
    await useUpLog(crowd)
    await until(() => app.output().includes("The database ended by itself"), 20_000, () => `PostgreSQL lives: ${app.output().slice(-300)}`)
    await until(() => said().includes("database_away"), 20_000, () => "nobody was told")

    const roomAt = await makeRoom()
    await until(() => app.output().includes("The database is back"), 20_000, () => `PostgreSQL does not come back: ${app.output().slice(-300)}`)
    const backAt = performance.now()
    const firstAnswerAt = await crowd.moreAnswers(1, 5_000)
    await crowd.rest()
    const rightAt = await crowd.allScreensRight(5_000)

    expect(rightAt - backAt).toBeLessThan(5_000)
    expectClearWords(said())
    expect(app.output()).not.toContain("The party broke")
    expect(await crowd.brokenPromises()).toEqual([])
    reportFault("disk so full that PostgreSQL dies", {
      "back with room again after (ms)": backAt - roomAt,
      "first tap answered (ms)": firstAnswerAt - backAt,
      "screens right (ms)": rightAt - backAt,
      said: [...new Set(said())].join("+"),
    })
  })
})

/** Whatever was said besides yes is one of the sentences for this. */
function expectClearWords(said: readonly string[]): void {
  expect([...new Set(said)].filter((what) => !["yes", "disk_full", "database_away", "party_busy"].includes(what))).toEqual([])
}

/** Has PostgreSQL write into its log until the segments it has made ahead are full, and the next finds no room. */
async function useUpLog({ runtime }: Crowd): Promise<void> {
  const write = () => runtime.db.execute(sql`select pg_logical_emit_message(false, 'ballast', repeat('x', 1000000))`)
  for (let mebibytes = 0; mebibytes < 100; mebibytes++) {
    const isGone = await write().then(
      () => false,
      (error: unknown) => databaseOutage(error) !== undefined,
    )
    if (isGone) return
  }
}

/** Leaves no room at all: what the database writes into files that are there already still goes in. */
async function fill(folder: string): Promise<void> {
  await mkdir(folder)
  const { bavail, bsize } = await statfs(folder)
  await writeFile(path.join(folder, "most"), Buffer.alloc(Math.max(0, bavail * bsize - mebibyte / 4)))
  const rest = () => writeFile(path.join(folder, "rest"), Buffer.alloc(mebibyte))
  await expect(rest()).rejects.toMatchObject({ code: "ENOSPC" })
}

/** Root in a container may not. */
function canMount(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false
  const place = mkdtempSync(path.join(tmpdir(), "party-mount-"))
  const isMounted = spawnSync("mount", [...diskOptions, place]).status === 0
  if (isMounted) run("umount", place)
  rmdirSync(place)
  return isMounted
}

async function mount(place: string): Promise<void> {
  run("mount", ...diskOptions, place)
}

function run(program: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" })
  if (status !== 0) throw new Error(`${program}: ${stderr}`)
}
