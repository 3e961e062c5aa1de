import { readDictionary } from "@/games/quipflip/dictionary-queries"
import { channelOf, partyTopics } from "@/realtime/channels"
import type { App } from "./app"
import type { BareFanOutAnswer, BareFanOutRequest } from "./bare-fan-out"
import { sessionActions, type SessionDoors, type ThinkTime } from "./bot-table"
import { actionDoor, cookiesFor } from "./doors"
import { perSecond, phaseChangesMs } from "./phase-changes"
import { startHelper, type Helper } from "./processes"
import { processorMs } from "./processor-time"
import type { BotGuest, QuipflipBotsAnswer, QuipflipBotsRequest } from "./quipflip-bots"
import { atLeast, msText, percentilesText, rateText, timesText, type Line } from "./report"
import { fillHouse } from "./stage"
import { summarise, type Summary } from "./statistics"
import { unlikePhrases } from "./unlike-phrases"

export type QuipflipPlan = {
  /** Sessions at once to begin with, and at most. */
  readonly sessions: number
  readonly most: number
  /** Also the same load spread over parties, and without a pause for thought. */
  readonly hasExtras: boolean
}

type Bots = Helper<QuipflipBotsRequest, QuipflipBotsAnswer>
/** An evening of sessions that begin at once. */
type Load = { readonly sessions: number; readonly parties: number; readonly think: ThinkTime }
type Measured = {
  readonly load: Load
  readonly submit: Summary
  readonly phaseChange: Summary | null
  readonly rate: number
  readonly phrasesRefused: number
  readonly problems: readonly string[]
  readonly cpuMs: number | null
  readonly frame: string
}

const botsPerSession = 4
const aimedSessions = 20
const aimedP99Ms = 150
const tooSlowMs = 250
/** Far faster than people, who have three minutes. */
const thinking: ThinkTime = { min: 1_000, max: 3_000 }
const noThinking: ThinkTime = { min: 0, max: 0 }
const warmUpSessions = 8
const knockRounds = 3
const bareFrames = 60

/**
 * Sessions of four bots, from the lobby to the results: how long a submission takes, and how long until everybody of the
 * session knows of the next phase; twice as many each time, until a submission is too slow or something goes wrong.
 */
export async function measureQuipflip(app: App, { sessions: first, most, hasExtras }: QuipflipPlan): Promise<Line[]> {
  const bots = startHelper<QuipflipBotsRequest, QuipflipBotsAnswer>("./quipflip-bots.ts")
  const bare = startHelper<BareFanOutRequest, BareFanOutAnswer>("./bare-fan-out.ts")
  try {
    const { port } = await bare.ask({ page: "" })
    const hall = await hallOf(app)
    const linesFor = async (measured: Measured) => [
      submitLine(measured, await knock(app, bots, hall, measured.load)),
      changeLine(measured, await fanOut(bots, port, measured)),
    ]
    // Compiles what a session needs, on both sides.
    await playEvening(app, bots, hall, { sessions: warmUpSessions, parties: 1, think: noThinking })
    const lines: Line[] = []
    const steps: Measured[] = []
    for (let sessions = first; sessions <= most; sessions *= 2) {
      const measured = await playEvening(app, bots, hall, { sessions, parties: 1, think: thinking })
      steps.push(measured)
      lines.push(...(await linesFor(measured)))
      if (!isGood(measured)) break
    }
    lines.push(mostLine(steps))
    if (!hasExtras) return lines
    for (const load of [
      { sessions: first, parties: first, think: thinking },
      { sessions: first, parties: 1, think: noThinking },
    ]) {
      lines.push(...(await linesFor(await playEvening(app, bots, hall, load))))
    }
    return lines
  } finally {
    await Promise.all([bots.stop(), bare.stop()])
  }
}

type Hall = { readonly doors: SessionDoors; readonly phrases: readonly string[] }

async function hallOf(app: App): Promise<Hall> {
  const doors = await Promise.all(Object.entries(sessionActions).map(async ([name, action]) => [name, await actionDoor(action)] as const))
  const phrases = unlikePhrases(botsPerSession * 12, { dictionary: await readDictionary(), isForFamily: () => true })
  await app.runtime.publisher.settled()
  return { doors: Object.fromEntries(doors) as SessionDoors, phrases }
}

async function playEvening(app: App, bots: Bots, { doors, phrases }: Hall, load: Load): Promise<Measured> {
  const tables = await openTables(app, load)
  const socketUrl = `ws://127.0.0.1:${app.port}/app/${app.pusher.key}?protocol=7&client=bench&version=1`
  const before = await processorMs(app.pid)
  const { tables: reports, frame } = await bots.ask({ play: { webUrl: app.url, socketUrl, doors, phrases, tables, think: load.think, seed: load.sessions } })
  const after = await processorMs(app.pid)
  const problems = reports.flatMap(({ problem }) => problem ?? [])
  for (const problem of new Set(problems)) console.error(`  ${load.sessions} sessions: ${problem}`)
  const submits = reports.flatMap((report) => report.submits)
  // A table at which something went wrong has phases nobody heard the end of.
  const changes = reports.filter(({ problem }) => problem === null).flatMap((report) => phaseChangesMs(report.submits, report.heard, botsPerSession))
  return {
    load,
    submit: summarise(submits.map(({ sentAt, answeredAt }) => answeredAt - sentAt)),
    phaseChange: changes.length === 0 ? null : summarise(changes),
    rate: perSecond(submits),
    phrasesRefused: reports.reduce((sum, { phrasesRefused }) => sum + phrasesRefused, 0),
    problems,
    cpuMs: before === undefined || after === undefined ? null : (after - before) / submits.length,
    frame,
  }
}

/** Guests for every session, evenly in so many new parties. */
async function openTables(app: App, { sessions, parties }: Load): Promise<BotGuest[][]> {
  const tables: BotGuest[][] = []
  for (let party = 0; party < parties; party++) {
    const { partyId, guests } = await fillHouse(app.runtime, (sessions / parties) * botsPerSession)
    const cookies = await cookiesFor(partyId, guests)
    const shared = partyTopics.map((topic) => channelOf({ kind: "party", topic, partyId }))
    const seats = guests.map((guestId): BotGuest => {
      const cookie = cookies.guest(guestId)
      const channels = [...shared, channelOf({ kind: "guest", guestId })]
      return { cookie, subscription: { channels, account: app.pusher, auth: { url: `${app.url}/api/pusher/auth`, cookie } } }
    })
    for (let seat = 0; seat < seats.length; seat += botsPerSession) tables.push(seats.slice(seat, seat + botsPerSession))
  }
  await app.runtime.publisher.settled()
  return tables
}

async function knock(app: App, bots: Bots, { doors }: Hall, { sessions, think }: Load): Promise<Summary> {
  const order = { webUrl: app.url, doors, think, seed: sessions, bots: sessions * botsPerSession, rounds: knockRounds }
  return summarise((await bots.ask({ knock: order })).latencies)
}

async function fanOut(bots: Bots, port: number, { load, frame }: Measured): Promise<Summary | null> {
  if (frame === "") return null
  const sockets = (load.sessions / load.parties) * botsPerSession
  return summarise((await bots.ask({ fanOut: { port, sockets, heardBy: botsPerSession, frame, times: bareFrames } })).latencies)
}

function isGood({ submit, problems }: Measured): boolean {
  return submit.p99 <= tooSlowMs && problems.length === 0
}

function submitLine(measured: Measured, refused: Summary): Line {
  const { load, submit, rate, cpuMs, phrasesRefused, problems } = measured
  const isAimed = load.sessions === aimedSessions && load.think === thinking
  const spent = cpuMs === null ? "" : `, ${msText(cpuMs)} ms CPU for each and all around it`
  return {
    what: `submit, ${loadText(load)}`,
    measured: `${submit.count} at ${rateText(rate)}, ${percentilesText(submit)}${spent}, ${problemsText(problems)}, ${countText(phrasesRefused, "phrase")} refused`,
    baseline: `action refused at the door, same pace ${percentilesText(refused)}`,
    compared: `${timesText(submit.p99 / refused.p99)} (p99)`,
    ...(isAimed ? { aim: { words: `≤ p99 ${aimedP99Ms} ms, no error`, isMet: submit.p99 <= aimedP99Ms && problems.length === 0 } } : {}),
  }
}

function changeLine({ load, phaseChange }: Measured, bare: Summary | null): Line {
  return {
    what: `last submit to everybody's phase change, ${loadText(load)}`,
    measured: phaseChange ? `${percentilesText(phaseChange)} over ${phaseChange.count} phases` : "no phase was played to its end",
    baseline: bare ? `bare WebSocket fan-out ${percentilesText(bare)}` : "nothing to send",
    ...(phaseChange && bare ? { compared: `${timesText(phaseChange.p99 / bare.p99)} (p99)` } : {}),
  }
}

function mostLine(steps: readonly Measured[]): Line {
  const good = steps.filter(isGood).map(({ load }) => load.sessions)
  const most = Math.max(0, ...good)
  const bad = steps.find((step) => !isGood(step))
  const next = bad ? `; ${bad.load.sessions}: p99 ${msText(bad.submit.p99)} ms, ${problemsText(bad.problems)}` : "; no more were tried"
  const hasTriedAim = steps.some(({ load }) => load.sessions >= aimedSessions) || bad !== undefined
  return {
    what: `most sessions in one party with p99 ≤ ${tooSlowMs} ms and no error`,
    measured: `${most} (${most * botsPerSession} bots${next})`,
    baseline: "twice as many each time",
    ...(hasTriedAim ? { aim: atLeast(most, aimedSessions, `${aimedSessions} sessions`) } : {}),
  }
}

function loadText({ sessions, parties, think }: Load): string {
  const thought = think.max === 0 ? "without a thought" : `${think.min / 1000}–${think.max / 1000} s of thought`
  const where = parties === 1 ? "in one party" : "in a party each"
  return `${sessions} sessions of ${botsPerSession} ${where}, ${thought}`
}

function problemsText(problems: readonly string[]): string {
  return problems.length === 0 ? "no error" : countText(problems.length, "error")
}

function countText(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`
}
