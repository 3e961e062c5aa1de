import { randomUUID } from "node:crypto"
import { EventEmitter, once } from "node:events"
import { setTimeout as delay } from "node:timers/promises"
import type { OpenRoundView, SeatView, SessionResults, SessionView } from "@/games/quipflip/view"
import type { Random } from "@/kernel/random"
import { actionTap, doorOfSession, type ActionDoor } from "./doors"
import { flightAnswer } from "./flight-answer"
import type { Client } from "./http-client"
import type { Heard, Submit } from "./phase-changes"
import { sharedNow } from "./processes"
import { phrasesOfSeat } from "./unlike-phrases"

/** The actions a phone needs to play a session. */
export const sessionActions = {
  create: "createSessionAction",
  join: "joinSessionAction",
  ready: "setReadyAction",
  start: "startSessionAction",
  begin: "beginSessionRoundAction",
  submit: "submitSessionRoundAction",
} as const
export type SessionDoors = Readonly<Record<keyof typeof sessionActions, ActionDoor>>

/** Uniformly between the two, in ms. */
export type ThinkTime = { readonly min: number; readonly max: number }

/** What bots of one helper have in common. */
export type Hall = {
  readonly webUrl: string
  readonly client: Pick<Client, "get" | "post">
  readonly doors: SessionDoors
  readonly phrases: readonly string[]
  /** Before each submission. */
  readonly think: ThinkTime
  /** Before typing the session's code, and again before getting ready. */
  readonly gather: ThinkTime
  readonly random: Random
}

/** What happened at a table. `phrasesRefused` were answered with another phrase; any other refusal ended the table. */
export type TableReport = {
  readonly submits: Submit[]
  readonly heard: Heard[]
  phrasesRefused: number
  problem: string | null
}

/** One session of a party and its bots, each with its cookie. */
export type BotTable = ReturnType<typeof createBotTable>

const patienceMs = 60_000

/** Bots that play a session from its lobby to its results as phones do: whatever they know of its phases they hear. */
export function createBotTable(hall: Hall, table: number, cookies: readonly string[]) {
  const report: TableReport = { submits: [], heard: [], phrasesRefused: 0, problem: null }
  const failing = new AbortController()
  let sessionId = ""
  const bots = cookies.map((cookie, seat) => ({
    cookie,
    phrases: phrasesOfSeat(hall.phrases, seat, cookies.length),
    newest: null as SessionView | null,
    ears: new EventEmitter(),
  }))
  type Bot = (typeof bots)[number]

  async function act<Value>(bot: Bot, door: keyof SessionDoors, args: readonly unknown[]): Promise<Value> {
    const sent = await post(bot, door, args)
    if (!sent.success) throw new Error(`${door} was refused: ${sent.code ?? "without a code"}`)
    return sent as unknown as Value
  }

  async function post(bot: Bot, door: keyof SessionDoors, args: readonly unknown[]) {
    const tap = actionTap({ url: hall.webUrl }, doorOfSession(hall.doors[door], sessionId), bot.cookie, args)
    const { status, text } = await hall.client.post(tap)
    if (status !== 200) throw new Error(`${door} was answered ${status}: ${text.slice(0, 200)}`)
    return flightAnswer(text)
  }

  async function get<Value>(bot: Bot, path: string): Promise<Value> {
    const { status, text } = await hall.client.get({ path, headers: { cookie: bot.cookie } })
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${text.slice(0, 200)}`)
    return JSON.parse(text) as Value
  }

  async function open(): Promise<void> {
    const [host, ...others] = bots
    if (!host) throw new Error("a table without bots")
    const { session } = await act<{ session: SessionView }>(host, "create", [{}, randomUUID()])
    sessionId = session.sessionId
    await Promise.all(
      others.map(async (bot) => {
        await pause(hall.gather)
        await act(bot, "join", [session.code, randomUUID()])
        await pause(hall.gather)
        await act(bot, "ready", [sessionId, true])
      }),
    )
    await act(host, "start", [sessionId])
  }

  async function pause({ min, max }: ThinkTime): Promise<void> {
    if (max > 0) await delay(hall.random.int(min, max))
  }

  async function playAlong(bot: Bot): Promise<void> {
    for (let version = 0; ; ) {
      const session = await heardAfter(bot, version)
      if (session.phase === "RESULTS") return lookAtResults(bot)
      version = session.lifecycleVersion
      await playPhase(bot, version)
    }
  }

  async function heardAfter(bot: Bot, version: number): Promise<SessionView> {
    for (;;) {
      const { newest } = bot
      if (newest && newest.status !== "OPEN" && newest.lifecycleVersion > version) return newest
      const signal = AbortSignal.any([failing.signal, AbortSignal.timeout(patienceMs)])
      await once(bot.ears, "heard", { signal }).catch(() => {
        throw new Error(`a phone heard of no phase after the ${version}th`)
      })
    }
  }

  /** Plays what was dealt: each round is begun at once, as a phone does, and the answer brings the seat. */
  async function playPhase(bot: Bot, version: number): Promise<void> {
    let seat: Pick<SeatView, "lifecycleVersion" | "done" | "dealt">
    do {
      const begun = await act<{ seat: SeatView }>(bot, "begin", [sessionId, version, randomUUID()])
      const { round } = begun.seat
      if (!round) throw new Error("a round was begun and is not there")
      await pause(hall.think)
      seat = await submit(bot, round, version)
    } while (seat.lifecycleVersion === version && seat.done < seat.dealt)
  }

  async function submit(bot: Bot, round: OpenRoundView, version: number): Promise<SeatView> {
    for (;;) {
      const phrase = round.phrases ? round.phrases[hall.random.int(0, round.phrases.length - 1)] : bot.phrases.shift()
      if (phrase === undefined) throw new Error("a bot is out of phrases")
      const sentAt = sharedNow()
      const sent = await post(bot, "submit", [{ sessionId, roundId: round.roundId, phrase, lifecycleVersion: version }, randomUUID()])
      const answeredAt = sharedNow()
      if (sent.success) {
        const { seat, session } = sent as unknown as { seat: SeatView; session: SessionView }
        report.submits.push({ table, version, sentAt, answeredAt, endsPhase: session.lifecycleVersion > version })
        return seat
      }
      if (!sent.code?.startsWith("phrase_")) throw new Error(`submit was refused: ${sent.code ?? "without a code"}`)
      report.phrasesRefused += 1
    }
  }

  async function lookAtResults(bot: Bot): Promise<void> {
    const { results } = await get<{ results?: SessionResults }>(bot, `/api/v1/quipflip/results?sessionId=${sessionId}`)
    if (results?.players.length !== bots.length) throw new Error("the results have not everybody")
  }

  async function playGuarded(playing: () => Promise<void>): Promise<void> {
    try {
      await playing()
    } catch (error) {
      report.problem ??= error instanceof Error ? error.message : String(error)
      // Nobody waits for a table at which somebody has stopped playing.
      failing.abort()
    }
  }

  function learn(seat: number, session: SessionView, at: number): boolean {
    const bot = bots[seat]
    if (!bot || session.lifecycleVersion <= (bot.newest?.lifecycleVersion ?? 0)) return false
    bot.newest = session
    report.heard.push({ table, version: session.lifecycleVersion, at })
    bot.ears.emit("heard")
    return true
  }

  return {
    report,
    /** A frame that a bot's WebSocket brought. @returns whether it told of a new phase of this session. */
    hear(seat: number, frame: Buffer): boolean {
      const at = sharedNow()
      // Most frames are about other sessions: they are not read.
      if (sessionId === "" || !frame.includes(sessionId) || !frame.includes('"event":"session-changed"')) return false
      const session = sessionIn(frame)
      return session !== null && learn(seat, session, at)
    },
    /** The sessions a screen shows, of which one may be this. @returns whether it is in a phase that was news. */
    see(seat: number, shown: readonly SessionView[]): boolean {
      const session = shown.find((one) => one.sessionId === sessionId)
      return session !== undefined && learn(seat, session, sharedNow())
    },
    async play(): Promise<TableReport> {
      await playGuarded(open)
      if (report.problem === null) await Promise.all(bots.map((bot) => playGuarded(() => playAlong(bot))))
      return report
    },
  }
}

function sessionIn(frame: Buffer): SessionView | null {
  const { data } = JSON.parse(frame.toString()) as { data: string }
  const { payload } = JSON.parse(data) as { payload: { session: SessionView } | null }
  return payload?.session ?? null
}
