import { randomUUID } from "node:crypto"
import { rm } from "node:fs/promises"
import { expect, test } from "@playwright/test"
import { eq } from "drizzle-orm"
import { z } from "zod"
import { bets } from "@/db/schema/betting"
import { commandRequests, parties } from "@/db/schema/party"
import { ledgerTransfers } from "@/db/schema/wallet"
import { findPostmaster } from "@/db/postmaster-file"
import { createRace, openBetting, registerDriver } from "@/games/racing/commands"
import type { Refusal, Result } from "@/kernel/result"
import type { Command } from "@/party/command"
import { readEnv } from "@/server/env"
import { sealClaim } from "@/server/identity"
import { createLog } from "@/server/log"
import { runCommand } from "@/server/run-command"
import { createRuntime, type Runtime } from "@/server/runtime"
import { imbalancesOf } from "@/wallet/conservation"
import { startApp, type App } from "./app"

const crowd = 200
const stake = 100

test.setTimeout(420_000)

test("[BET-2] [WAL-1] 200 guests join over HTTP and bet at the same moment, twice each: every bet is there once and every purse is right", async () => {
  const app = await startApp()
  try {
    const { guests, driverId } = await fillTheHouse(app)
    const taps = tapsOf(guests, driverId)
    const answers = await Promise.all(taps.map((tap) => send(app, tap)))
    expect(answers.map((answer) => answer.success)).toEqual(taps.map(() => true))
    await expectEveryTapOnce(app, taps, new Map(answers.map((answer, index) => [taps[index]?.key ?? "", answer.betId ?? ""])))
  } finally {
    await app.stop()
  }
})

test("[PTY-14] the process is killed in the middle and started again: every acknowledged bet is there once, every other one wholly or not at all", async () => {
  await surviveTheEnd(async (app) => app.kill("SIGKILL"))
})

test("[PTY-14] process and database are killed in the middle, as when the laptop's battery dies: the same", async () => {
  await surviveTheEnd(async (app) => {
    const found = await findPostmaster(app.clusterDir)
    if (found.state !== "alive") throw new Error("the party's database is not running")
    process.kill(found.pid, "SIGKILL")
    await app.kill("SIGKILL")
  })
})

async function surviveTheEnd(end: (app: App) => Promise<void>): Promise<void> {
  let app = await startApp()
  const dataDir = app.dataDir
  try {
    const { guests, driverId } = await fillTheHouse(app)
    const taps = tapsOf(guests, driverId)
    const acknowledged = new Map<string, string>()
    let ended: Promise<void> | undefined
    await Promise.all(
      taps.map(async (tap) => {
        const answer = await send(app, tap).catch(() => undefined)
        if (answer?.betId) acknowledged.set(tap.key, answer.betId)
        if (acknowledged.size === crowd / 2) ended ??= end(app)
      }),
    )
    await ended
    expect(acknowledged.size).toBeGreaterThanOrEqual(crowd / 2)
    expect(acknowledged.size).toBeLessThan(taps.length)

    app = await startApp({ dataDir })
    await expectWhole(app, acknowledged)
    // Every phone sends everything again, with the ids of its first taps and the seats from before.
    const answers = await Promise.all(taps.map((tap) => send(app, tap)))
    for (const [index, tap] of taps.entries()) {
      expect(answers[index]?.success).toBe(true)
      if (acknowledged.has(tap.key)) expect(answers[index]?.betId).toBe(acknowledged.get(tap.key))
      acknowledged.set(tap.key, answers[index]?.betId ?? "")
    }
    await expectEveryTapOnce(app, taps, acknowledged)
  } finally {
    await app.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

type Guest = { id: string; token: string }
type Tap = { guest: Guest; driverId: string; key: string }

/** 200 guests, the first two of them drivers of a race that takes bets. */
async function fillTheHouse(app: App): Promise<{ guests: Guest[]; driverId: string }> {
  const guests = await Promise.all(
    Array.from({ length: crowd }, async (_, index): Promise<Guest> => {
      const joined = await post(app, "/api/v1/join", { name: `Guest ${index + 1}`, partyPin: app.partyPin })
      const { user, token } = joinAnswer.parse(joined)
      return { id: user.id, token }
    }),
  )
  const [first, second] = guests
  if (!first || !second) throw new Error("nobody joined")
  await asHost(app, async (host) => {
    const { gameId } = await host(createRace, {})
    for (const { id } of [first, second]) await host(registerDriver, { gameId, driverId: id })
    await host(openBetting, { gameId })
  })
  return { guests, driverId: first.id }
}

const tapsOf = (guests: readonly Guest[], driverId: string): Tap[] =>
  [...guests, ...guests].map((guest) => ({ guest, driverId, key: randomUUID() }))

const joinAnswer = z.object({ success: z.literal(true), user: z.object({ id: z.string() }), token: z.string() })
const betAnswer = z.object({ success: z.boolean(), betId: z.string().optional(), code: z.string().optional() })

async function send(app: App, { guest, driverId, key }: Tap) {
  const headers = { authorization: `Bearer ${guest.token}`, "idempotency-key": key }
  return betAnswer.parse(await post(app, "/api/v1/bets", { targetUserId: driverId, amount: stake }, headers))
}

async function post(app: App, path: string, body: unknown, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(`${app.baseUrl}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  })
  return response.json()
}

/** What must hold at any moment: a bet has its stake in the ledger and the answer to its tap, or none of the three exists. */
async function expectWhole(app: App, acknowledged: ReadonlyMap<string, string>): Promise<void> {
  await withRuntime(app, async ({ db }, partyId) => {
    const placed = new Set((await db.select({ id: bets.id }).from(bets)).map(({ id }) => id))
    const stakes = await db.select().from(ledgerTransfers).where(eq(ledgerTransfers.category, "stake"))
    expect(new Set(stakes.map(({ cause }) => cause.replace("bet:", "")))).toEqual(placed)
    const answered = await db.select().from(commandRequests).where(eq(commandRequests.command, "placeBet"))
    const byKey = new Map(answered.map((row) => [row.requestId, betAnswer.omit({ success: true }).parse(row.answer).betId ?? ""]))
    expect(new Set(byKey.values())).toEqual(placed)
    for (const [key, betId] of acknowledged) expect(byKey.get(key)).toBe(betId)
    expect(await imbalancesOf(db, partyId)).toEqual([])
  })
}

/** The end of the evening, as the host takes it home: each tap one bet, each purse two stakes lighter, all accounts at zero. */
async function expectEveryTapOnce(app: App, taps: readonly Tap[], betIds: ReadonlyMap<string, string>): Promise<void> {
  await expectWhole(app, betIds)
  const night = exported.parse(await (await fetch(`${app.baseUrl}/api/v1/export`, { headers: { authorization: `Bearer ${await hostSeal(app)}` } })).json())
  expect(night.bets).toHaveLength(taps.length)
  expect(new Set(night.bets.map((bet) => bet.id))).toEqual(new Set(betIds.values()))
  expect(night.guests).toHaveLength(crowd)
  expect(new Set(night.guests.map((guest) => guest.walletBalance))).toEqual(new Set([1000 - 2 * stake]))
  const accounts = new Map<string, number>()
  for (const { from, to, amount } of night.transfers) {
    accounts.set(from, (accounts.get(from) ?? 0) - amount)
    accounts.set(to, (accounts.get(to) ?? 0) + amount)
  }
  expect([...accounts.values()].reduce((sum, coins) => sum + coins, 0)).toBe(0)
  for (const guest of night.guests) expect(accounts.get(`wallet:${guest.id}`)).toBe(guest.walletBalance)
}

const exported = z.object({
  guests: z.array(z.object({ id: z.string(), walletBalance: z.number() })),
  bets: z.array(z.object({ id: z.string() })),
  transfers: z.array(z.object({ from: z.string(), to: z.string(), amount: z.number() })),
})

async function hostSeal(app: App): Promise<string> {
  return withRuntime(app, async (_runtime, partyId) => sealClaim("host", { partyId, linkId: null }, await app.sessionSecret()))
}

type Host = <W extends "host" | "hostOrGuest", I, V extends object, R extends Refusal, P>(
  command: Command<W, I, V, R, P>,
  input: unknown,
) => Promise<V>

/** Acts as the host from a process of its own: any number of them may work on one party. */
async function asHost(app: App, work: (host: Host) => Promise<void>): Promise<void> {
  await withRuntime(app, async (runtime, partyId) => {
    await work(async (command, input) => {
      const answer: Result<object> = await runCommand(runtime, command, { claims: { host: { partyId, linkId: null } } }, input)
      if (!answer.ok) throw new Error(`${command.name} was refused: ${answer.refusal.code}`)
      return answer.value as never
    })
  })
}

async function withRuntime<T>(app: App, work: (runtime: Runtime, partyId: string) => Promise<T>): Promise<T> {
  const env = readEnv({
    DATABASE_URL: await app.databaseUrl(),
    SESSION_SECRET: await app.sessionSecret(),
    PUSHER_APP_ID: "1",
    PUSHER_KEY: "unused",
    PUSHER_SECRET: "unused",
    LOG_LEVEL: "silent",
  })
  // The app's own sweeper announces what happens here.
  const publisher = { publish: () => undefined, send: async () => undefined, settled: async () => undefined }
  const runtime = createRuntime(env, { log: createLog("silent"), publisher })
  try {
    const [party] = await runtime.db.select({ id: parties.id }).from(parties).where(eq(parties.joinPin, app.partyPin))
    if (!party) throw new Error("the party on the terminal is not in the database")
    return await work(runtime, party.id)
  } finally {
    await runtime.close()
  }
}
