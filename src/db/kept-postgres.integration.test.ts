import { once } from "node:events"
import { mkdtemp, realpath, rm } from "node:fs/promises"
import { createServer, type Server } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import pg from "pg"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { keepPostgres, type KeptPostgres } from "../../scripts/party/keep-postgres"
import { startEmbeddedPostgres } from "./embedded-postgres"
import { findPostmaster } from "./postmaster-file"

let dataDir: string
let kept: KeptPostgres | undefined
let said: string[]
let troubles: unknown[]

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "party-kept-"))
  said = []
  troubles = []
})

afterEach(async () => {
  await kept?.stop()
  kept = undefined
  await rm(dataDir, { recursive: true, force: true })
})

const keep = async () =>
  (kept = await keepPostgres({ dataDir, log: () => undefined, say: (sentence) => said.push(sentence), onTrouble: (error) => troubles.push(error) }))

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on("error", () => undefined)
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

async function killPostgres(): Promise<void> {
  const found = await findPostmaster(path.join(await realpath(dataDir), "cluster"))
  if (found.state !== "alive") throw new Error("no server is running")
  process.kill(found.pid, "SIGKILL")
}

const isBack = () => expect.poll(() => said.at(-1), { timeout: 20_000 }).toMatch(/^The database is back after \d/)
const names = [{ name: "Ann" }]

describe("a database that is kept", () => {
  it("is back under the same address with what was acknowledged, however often it is killed", async () => {
    const { url } = await keep()
    await ask(url, "create table guests (name text); insert into guests values ('Ann')")
    for (let time = 0; time < 2; time++) {
      await killPostgres()
      await expect.poll(() => said.at(-1), { timeout: 20_000 }).toBe("The database ended by itself; starting it again …")
      await isBack()
      expect(await ask(url, "select name from guests")).toEqual(names)
    }
    expect(said).toHaveLength(4)
    expect(troubles).toEqual([])
  })

  it("is back also when somebody else had started it: the run before, which was killed", async () => {
    const before = await startEmbeddedPostgres({ dataDir })
    const { url } = await keep()
    expect(url).toBe(before.url)
    await ask(url, "create table guests (name text); insert into guests values ('Ann')")
    await killPostgres()
    await isBack()
    expect(await ask(url, "select name from guests")).toEqual(names)
  })

  it("waits for its port while another program has it, for everybody knows it by that", async () => {
    const { url } = await keep()
    const port = Number(new URL(url).port)
    await killPostgres()
    const thief = await listenWhenFree(port)
    await expect.poll(() => said.length, { timeout: 20_000 }).toBe(1)
    await new Promise((resolve) => thief.close(resolve))
    await isBack()
    expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }])
  })

  it("stays down once it is stopped, also in the middle of coming back", async () => {
    const { url } = await keep()
    await killPostgres()
    await expect.poll(() => said.length, { timeout: 20_000 }).toBe(1)
    await kept?.stop()
    expect((await findPostmaster(path.join(await realpath(dataDir), "cluster"))).state).not.toBe("alive")
    await expect(ask(url, "select 1")).rejects.toThrow()
  })
})

async function listenWhenFree(port: number): Promise<Server> {
  for (;;) {
    const server = createServer((socket) => socket.destroy())
    server.listen(port, "127.0.0.1")
    const isListening = await once(server, "listening").then(() => true, () => false)
    if (isListening) return server
  }
}
