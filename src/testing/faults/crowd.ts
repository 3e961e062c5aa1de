import { readFile } from "node:fs/promises"
import path from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { isDeepStrictEqual } from "node:util"
import { eq, inArray } from "drizzle-orm"
import { z } from "zod"
import { bets } from "@/db/schema/betting"
import { parties, partyUsers } from "@/db/schema/party"
import { simRaceLaps } from "@/db/schema/racing"
import { one } from "@/kernel/assert"
import { sealClaim } from "@/server/identity"
import { createLog } from "@/server/log"
import { createRuntime, type Runtime } from "@/server/runtime"
import { testEnv } from "@/testing/start-party"
import { imbalancesOf } from "@/wallet/conservation"
import { setStage, type Stage } from "../../../scripts/bench/stage"
import { startPhone, type Phone, type Tap } from "./phone"
import { comparable, fetchNight, openScreen, type Screen } from "./screen"

/** Where the crowd's app is. Functions, for a fault may bring it back elsewhere. */
export type Place = {
  readonly baseUrl: () => string
  readonly databaseUrl: string
  readonly sessionSecret: string
  /** Where screens hear events: all of them at one place, or each at one of its own. */
  readonly realtime: RealtimePlace | (() => Promise<RealtimePlace>)
  /** Where this phone taps, when not where all look. */
  readonly tapsAt?: (phone: number) => string
}

type RealtimePlace = { readonly port: number; readonly key: string }

/** A party of forty with six people who bet, two who time laps, and a screen for each of them and for the host. */
export type Crowd = {
  readonly stage: Stage
  readonly screens: readonly Screen[]
  readonly phones: readonly Phone[]
  /** A runtime of this process on the app's database, to look behind the screens. */
  readonly runtime: Runtime
  /** Taps that were answered so far. */
  answered(): Tap[]
  /** Waits for so many more answers. Throws when they do not come within `withinMs`. @returns when they were there, by `performance.now()`. */
  moreAnswers(count: number, withinMs: number): Promise<number>
  /** Has everybody stop tapping, and every tap answered. */
  rest(): Promise<void>
  /** Has everybody tap again after a rest. */
  resume(): void
  /** Waits until every screen shows what the server tells. Throws, naming a difference, when one does not within `withinMs`. @returns when that was, by `performance.now()`. */
  allScreensRight(withinMs: number): Promise<number>
  /** What of the promise "nothing acknowledged is lost, nothing is paid twice" does not hold; call it when everybody rests. */
  brokenPromises(): Promise<string[]>
  close(): Promise<void>
}

/** So long may everything take before a fault, ms: nobody has promised how fast a party starts on a machine that does other things. */
export const startMs = 120_000
export const getGoingMs = 40_000

const bettors = 6
const timers = 2
// Slow enough that nobody runs out of coins, however fast the machine.
const pauseMs = 60
const pollMs = 20

/** Fills the party, opens the screens and has everybody tap. */
export async function gatherCrowd(place: Place): Promise<Crowd> {
  const { baseUrl, sessionSecret } = place
  const runtime = createRuntime(testEnv(place.databaseUrl, { SESSION_SECRET: sessionSecret }), { log: createLog("silent"), publisher: silent })
  const stage = await setStage(runtime, { openRaces: 1, liveRaces: 1 })
  // An app that comes back goes on with the newest party: that is to be its own, whose passcode it knows.
  await runtime.db.update(parties).set({ createdAt: new Date(0) }).where(eq(parties.id, stage.partyId))
  const guestIds = stage.bettors.slice(0, bettors + timers)
  const guestTokens = await Promise.all(guestIds.map((guestId) => sealClaim("guest", { partyId: stage.partyId, guestId }, sessionSecret)))
  const hostToken = await sealClaim("host", { partyId: stage.partyId, linkId: null }, sessionSecret)
  const screens: Screen[] = []
  const looks = [...guestTokens.map((token) => ({ surface: "guest" as const, token })), { surface: "host" as const, token: hostToken }]
  for (const look of looks) screens.push(await openScreen({ ...look, baseUrl, realtime: await realtimeOf(place) }))

  const phones = guestTokens.map((token, index) => {
    const isBetting = index < bettors
    return startPhone({
      token: isBetting ? token : hostToken,
      baseUrl: () => place.tapsAt?.(index) ?? baseUrl(),
      wish: (n) => (isBetting ? betOn(stage, n + index) : lapOf(stage, n * timers + index)),
      pauseMs,
    })
  })
  const answered = () => phones.flatMap(({ taps }) => taps.filter((tap) => tap.answer !== null))

  return {
    stage,
    screens,
    phones,
    runtime,
    answered,
    async moreAnswers(count, withinMs) {
      const wanted = answered().length + count
      await until(() => answered().length >= wanted, withinMs, () => `${answered().length} of ${wanted} taps answered: ${lastTries(phones)}`)
      return performance.now()
    },
    rest: async () => void (await Promise.all(phones.map((phone) => phone.stop()))),
    resume: () => phones.forEach((phone) => phone.resume()),
    async allScreensRight(withinMs) {
      const giveUpAt = performance.now() + withinMs
      for (;;) {
        const asked = performance.now()
        const wrong = await firstWrongScreen(screens, baseUrl).catch((error: unknown) => String(error))
        if (wrong === null) return asked
        if (performance.now() > giveUpAt) throw new Error(`not right within ${withinMs} ms: ${wrong}`)
        await delay(pollMs)
      }
    },
    brokenPromises: () => brokenPromises(runtime, stage, guestIds.slice(0, bettors), phones),
    async close() {
      for (const phone of phones) void phone.stop()
      for (const screen of screens) screen.close()
      await runtime.close()
    },
  }
}

async function realtimeOf({ realtime }: Place): Promise<RealtimePlace> {
  return typeof realtime === "function" ? realtime() : realtime
}

/** The key of the realtime server that the app of this folder runs. */
export async function realtimeKeyOf(dataDir: string): Promise<string> {
  const secrets: unknown = JSON.parse(await readFile(path.join(dataDir, "secrets.json"), "utf8"))
  return z.object({ pusher: z.object({ key: z.string() }) }).parse(secrets).pusher.key
}

/** Waits for a condition, by asking. Throws with `why` when it does not come about. */
export async function until(isSo: () => boolean | Promise<boolean>, withinMs: number, why: () => string): Promise<void> {
  const giveUpAt = performance.now() + withinMs
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) throw new Error(`not within ${withinMs} ms: ${why()}`)
    await delay(pollMs)
  }
}

/** Nobody hears how the stage is set: its screens are not open yet. */
const silent = { publish: () => undefined, send: async () => undefined, settled: async () => undefined }

function betOn({ drivers, openRaces }: Stage, n: number) {
  return { path: "/api/v1/bets", body: { targetUserId: drivers[n % drivers.length], amount: 1, gameId: openRaces[0] } }
}

function lapOf({ drivers, liveRaces }: Stage, n: number) {
  const timeText = `1:2${n % 10}.${String((n * 37) % 1000).padStart(3, "0")}`
  return { path: "/api/v1/laps", body: { driverId: drivers[n % drivers.length], timeText, gameId: liveRaces[0] } }
}

function lastTries(phones: readonly Phone[]): string {
  return phones.map(({ tries }) => `${tries.at(-1)?.what} (${Math.round(tries.at(-1)?.ms ?? 0)} ms)`).join(", ")
}

async function firstWrongScreen(screens: readonly Screen[], baseUrl: () => string): Promise<string | null> {
  const nights = await Promise.all(screens.map((screen) => fetchNight({ ...screen, baseUrl })))
  for (const [index, screen] of screens.entries()) {
    const shown = screen.shown()
    const told = comparable(nights[index] ?? null)
    if (!isDeepStrictEqual(shown, told)) return `screen ${index} (${screen.connection()}): ${difference(shown, told)}`
  }
  return null
}

function difference(shown: unknown, told: unknown, where = ""): string {
  if (isDeepStrictEqual(shown, told)) return ""
  if (typeof shown !== "object" || typeof told !== "object" || !shown || !told) return `${where}: ${JSON.stringify(shown)}, not ${JSON.stringify(told)}`
  const keys = [...new Set([...Object.keys(shown), ...Object.keys(told)])]
  const parts = keys.map((key) => difference((shown as Record<string, unknown>)[key], (told as Record<string, unknown>)[key], `${where}.${key}`))
  return parts.filter(Boolean).slice(0, 3).join("; ")
}

async function brokenPromises(runtime: Runtime, stage: Stage, bettorIds: readonly string[], phones: readonly Phone[]): Promise<string[]> {
  const taps = phones.flatMap((phone) => phone.taps.map((tap) => ({ phone, tap })))
  const broken = taps.filter(({ tap }) => tap.answer === null).map(({ tap }) => `a tap on ${tap.path} was never answered`)
  const [betRows, lapRows, purses, imbalances] = await Promise.all([
    runtime.db.select({ id: bets.id, bettorId: bets.bettorId }).from(bets).where(inArray(bets.bettorId, [...bettorIds])),
    runtime.db.select({ id: simRaceLaps.id }).from(simRaceLaps).where(eq(simRaceLaps.gameId, one(stage.liveRaces))),
    runtime.db.select({ id: partyUsers.id, coins: partyUsers.walletBalance }).from(partyUsers).where(inArray(partyUsers.id, [...bettorIds])),
    imbalancesOf(runtime.db, stage.partyId),
  ])
  const acknowledged = (field: string) => taps.flatMap(({ tap }) => (tap.answer && field in tap.answer ? [String(tap.answer[field])] : []))
  broken.push(...sameOnce("bet", acknowledged("betId"), betRows.map(({ id }) => id)))
  broken.push(...sameOnce("lap", acknowledged("lapId"), lapRows.map(({ id }) => id)))
  for (const { id, coins } of purses) {
    const placed = betRows.filter(({ bettorId }) => bettorId === id).length
    if (coins !== 1000 - placed) broken.push(`a purse holds ${coins} after ${placed} bets of 1 coin`)
  }
  broken.push(...imbalances.map((imbalance) => `the ledger: ${JSON.stringify(imbalance)}`))
  broken.push(...(await brokenReplays(taps)))
  return broken
}

/** What was tried more than once, and a few of the others, sent once more: the answer is the first one, and nothing happens. */
async function brokenReplays(taps: readonly { phone: Phone; tap: Tap }[]): Promise<string[]> {
  const retried = taps.filter(({ tap }) => tap.tries > 1).slice(0, 12)
  const others = taps.filter(({ tap }) => tap.tries === 1).slice(-8)
  const broken: string[] = []
  for (const { phone, tap } of [...retried, ...others]) {
    const answer = await phone.again(tap)
    if (!isDeepStrictEqual(answer, tap.answer)) broken.push(`a tap sent again was answered ${JSON.stringify(answer).slice(0, 200)}`)
  }
  return broken
}

function sameOnce(what: string, acknowledged: readonly string[], held: readonly string[]): string[] {
  const there = new Set(held)
  const said = new Set(acknowledged)
  const lost = acknowledged.filter((id) => !there.has(id)).length
  const unasked = held.filter((id) => !said.has(id)).length
  const twice = acknowledged.length - said.size
  return [
    ...(lost > 0 ? [`${lost} acknowledged ${what}s are lost`] : []),
    ...(unasked > 0 ? [`${unasked} ${what}s are there that nobody was told of`] : []),
    ...(twice > 0 ? [`${twice} ${what}s answered two taps`] : []),
  ]
}
