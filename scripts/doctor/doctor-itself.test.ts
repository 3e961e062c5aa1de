import { execFile } from "node:child_process"
import { createSocket } from "node:dgram"
import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { createServer, type AddressInfo, type Server } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { Finding } from "./finding"

const run = promisify(execFile)

let folder: string
let taken: Server
let port: number

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "party-os-doctor-test-"))
  taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, "0.0.0.0", resolve))
  port = (taken.address() as AddressInfo).port
})
afterAll(async () => {
  await new Promise((resolve) => taken.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

/** The real thing on this very machine, with nothing of the tester's own environment but PATH. */
async function doctor(env: Record<string, string>): Promise<{ code: number; ok: boolean; findings: Finding[]; text: string }> {
  // Empty ones count as absent, and are not filled from a developer's .env.
  const none = { DATABASE_URL: "", PUSHER_APP_ID: "", PUSHER_KEY: "", PUSHER_SECRET: "", PUSHER_CLUSTER: "", PUSHER_HOST: "", PARTY_HOST: "", LAN_STUN: "", LAN_RELAY: "" }
  const kept = { PATH: process.env.PATH ?? "", HOME: folder, NODE_ENV: "test" as const, ...none, ...env }
  const { code, stdout } = await run(process.execPath, ["scripts/doctor.mjs", "--json"], { env: kept }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => error,
  )
  return { code, text: stdout, ...(JSON.parse(stdout) as { ok: boolean; findings: Finding[] }) }
}
const find = (findings: readonly Finding[], check: string) => findings.find((finding) => finding.check === check)

it("starts and stops a database of its own, sees who has a port, and leaves nothing behind", async () => {
  const udp = createSocket("udp4")
  await new Promise<void>((resolve) => udp.bind(0, "0.0.0.0", resolve))
  const dataDir = path.join(folder, "party")
  const before = (await readdir(tmpdir())).filter((name) => name.startsWith("party-os-doctor-")).length
  const seen = await doctor({ PARTY_DATA_DIR: dataDir, PORT: String(port), LAN_RELAY_PORT: String(udp.address().port) })
  await new Promise<void>((resolve) => udp.close(() => resolve()))
  expect(find(seen.findings, "built-in database")).toMatchObject({ level: "good" })
  expect(find(seen.findings, "data folder")).toMatchObject({ level: "good" })
  expect(find(seen.findings, `port ${port}`)).toMatchObject({ level: "bad" })
  expect(find(seen.findings, "virtual LAN, relay")).toMatchObject({ level: "bad" })
  if (process.platform === "linux") {
    expect(find(seen.findings, `port ${port}`)?.says).toContain(`(process ${process.pid})`)
    expect(find(seen.findings, "virtual LAN, relay")?.says).toContain(`(process ${process.pid})`)
  }
  expect([seen.code, seen.ok]).toEqual([1, false])
  expect(await readdir(folder)).not.toContain("party")
  expect((await readdir(tmpdir())).filter((name) => name.startsWith("party-os-doctor-"))).toHaveLength(before)
}, 120_000)

it("tells a database nobody answers at and a Pusher nobody answers at, and no secret with it", async () => {
  await writeFile(path.join(folder, "secrets.json"), "{}")
  await chmod(path.join(folder, "secrets.json"), 0o644)
  const nobody = { PUSHER_APP_ID: "1", PUSHER_KEY: "k-e-y", PUSHER_SECRET: "s-e-c-r-e-t", PUSHER_HOST: "127.0.0.1", PUSHER_PORT: "9" }
  const seen = await doctor({ PARTY_DATA_DIR: folder, PORT: "0", DATABASE_URL: "postgres://party:hush-hush@127.0.0.1:9/night", ...nobody })
  expect(find(seen.findings, "DATABASE_URL")).toMatchObject({ level: "bad" })
  expect(find(seen.findings, "DATABASE_URL")?.says).toContain("ECONNREFUSED")
  expect(find(seen.findings, "Pusher")).toMatchObject({ level: "bad" })
  expect(find(seen.findings, "Pusher")?.says).toContain("ECONNREFUSED")
  if (process.platform !== "win32") expect(find(seen.findings, "secrets")).toMatchObject({ level: "warning" })
  expect(find(seen.findings, "built-in database")).toBeUndefined()
  for (const secret of ["hush-hush", "s-e-c-r-e-t", "k-e-y"]) expect(seen.text).not.toContain(secret)
  expect(seen.code).toBe(1)
}, 120_000)
