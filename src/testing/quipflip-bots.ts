import { randomUUID } from "node:crypto"
import { expect } from "vitest"
import { joinSession } from "@/games/quipflip/lobby-commands"
import { beginSessionRound, leaveSession, skipPhase, skipPlayer, submitSessionRound } from "@/games/quipflip/session-commands"
import type { OpenRoundView, SessionView } from "@/games/quipflip/view"
import { type Random, seededRandom } from "@/kernel/random"
import { moveSessionsOn, playAiSeats } from "@/server/due-sessions"
import { phraseFor } from "./quipflip-phrase"
import type { QuipflipTable } from "./quipflip-table"
import { accepted, expectConserved, type Night } from "./start-party"

/** A match of bots. Mischief 0: everybody plays. 1: some dawdle, leave and come back. 2: and cheat, and are skipped and kicked. */
export type Plan = {
  readonly players: number
  readonly ai: number
  readonly promptsPerPlayer: number
  readonly copiesPerPlayer: number
  readonly votesPerPlayer: number
  readonly pace: "X1" | "X1_5" | "X2" | "OFF"
  readonly mischief: number
  readonly hasQueue: boolean
  /** Nobody can pay a prompt. */
  readonly isPoor: boolean
  readonly seed: number
}

type Table = Pick<QuipflipTable, "sessionId" | "code" | "host" | "status">
/** A guest at the table. `silentIn` is the phase in which they play nothing more. */
type Bot = { readonly name: string; round: OpenRoundView | null; last: string | null; hasLeft: boolean; isKicked: boolean; silentIn: number | null; purse: number }

const standstillMs = 2 * 60 * 60_000
/** What a bot may be told. Everything else is a defect. */
const refusals = [
  "already_submitted", "copies_complete", "votes_complete", "stale_version", "session_over", "round_not_found", "round_over",
  "left_session", "kicked", "choice_unknown", "already_joined", "session_already_started", "session_not_found",
]

/**
 * Plays a started session to its end, step after step, as the seed has it; after each the ledger has to balance.
 * @returns how many steps it took.
 */
export async function playWildly(night: Night, table: Table, names: readonly string[], { seed, mischief }: Pick<Plan, "seed" | "mischief">): Promise<{ steps: number }> {
  const random = seededRandom(seed)
  const bots = names.map((name): Bot => ({ name, round: null, last: null, hasLeft: false, isKicked: false, silentIn: null, purse: 0 }))
  const game = { night, table, random, mischief, bots }
  let version = 0
  for (let steps = 1; steps < 1_500; steps++) {
    const session = await table.status()
    expect(session.lifecycleVersion).toBeGreaterThanOrEqual(version)
    if (session.status !== "IN_PROGRESS") return { steps }
    if (session.lifecycleVersion > version) newPhase(game, session)
    version = session.lifecycleVersion
    await step(game, session)
    await expectConserved(night)
  }
  throw new Error("a session without an end")
}

type Game = { night: Night; table: Table; random: Random; mischief: number; bots: Bot[] }

function newPhase({ bots, random, mischief }: Game, { lifecycleVersion }: SessionView): void {
  for (const bot of bots) {
    bot.round = null
    bot.silentIn = mischief > 0 && random.int(1, 5) === 1 ? lifecycleVersion : null
  }
}

async function step(game: Game, session: SessionView): Promise<void> {
  const { random, mischief } = game
  const roll = random.int(1, 100)
  if (mischief > 1 && roll > 97) return kick(game)
  if (mischief > 1 && roll > 94) return skip(game, session)
  if (mischief > 1 && roll > 85) return cheat(game, session)
  if (mischief > 0 && roll > 80) return comeOrGo(game)
  return roll > 15 ? playOn(game, session) : wait(game, session)
}

/** Somebody who has something to play and wants to. With nobody left, time passes. */
async function playOn(game: Game, session: SessionView): Promise<void> {
  const { night, table, random } = game
  const willing = game.bots.filter((bot) => !bot.hasLeft && !bot.isKicked && bot.silentIn === null && owes(game, session, bot))
  const bot = oneOf(willing, random)
  if (!bot) return wait(game, session)
  if (bot.round === null) {
    const begun = await night.guest(bot.name, beginSessionRound, { sessionId: table.sessionId, lifecycleVersion: session.lifecycleVersion })
    expectKnown(begun)
    if (begun.ok) bot.round = begun.value.seat.round
    if (random.int(1, 3) === 1) return
  }
  if (bot.round !== null) await submit(game, bot, bot.round, session)
}

async function submit({ night, table, random }: Game, bot: Bot, round: OpenRoundView, { lifecycleVersion }: SessionView): Promise<void> {
  const refused: string[] = []
  for (let attempt = 0; attempt < 20; attempt++) {
    const phrase = await phraseFor(round, random, refused)
    const input = { sessionId: table.sessionId, roundId: round.roundId, phrase, lifecycleVersion }
    // The same tap twice: once it counts, and the second time it says so.
    const [sent, again] = await Promise.all([
      night.guest(bot.name, submitSessionRound, input, randomUUID()),
      random.int(1, 4) === 1 ? night.guest(bot.name, submitSessionRound, input) : null,
    ])
    if (again?.ok && sent.ok) throw new Error("submitted twice")
    bot.last = round.roundId
    if (sent.ok || again?.ok || !sent.refusal.code.startsWith("phrase_")) {
      if (!again?.ok) expectKnown(sent)
      bot.round = null
      return
    }
    refused.push(phrase)
  }
  throw new Error(`${bot.name} found no phrase`)
}

async function wait({ night, table, random, mischief }: Game, session: SessionView): Promise<void> {
  const isStill = session.phaseEndsAt === null && mischief > 0 && random.int(1, 40) === 1
  night.clock.advance(isStill ? standstillMs : random.int(1, 15_000))
  await Promise.all([moveSessionsOn(night.runtime), playAiSeats(night.runtime)])
  // Without timers the host loses patience at some time.
  if (session.phaseEndsAt === null && random.int(1, 8) === 1) {
    expectKnown(await night.host(skipPhase, { sessionId: table.sessionId, lifecycleVersion: session.lifecycleVersion }))
  }
}

async function comeOrGo({ night, table, random, bots }: Game): Promise<void> {
  const bot = oneOf(bots.filter(({ isKicked }) => !isKicked), random)
  if (!bot) return
  const done = bot.hasLeft ? await night.guest(bot.name, joinSession, { code: table.code.toLowerCase() }) : await night.guest(bot.name, leaveSession, { sessionId: table.sessionId })
  expectKnown(done)
  if (!done.ok) return
  // What is played in the seat of somebody who is away costs them nothing.
  const purse = await night.purse(bot.name)
  if (bot.hasLeft) expect(purse).toBe(bot.purse)
  bot.purse = purse
  bot.hasLeft = !bot.hasLeft
  bot.round = null
}

async function skip({ night, table, random }: Game, { players, lifecycleVersion }: SessionView): Promise<void> {
  const player = oneOf(players, random)
  const { sessionId } = table
  const isPhase = random.int(1, 4) === 1
  expectKnown(isPhase ? await night.host(skipPhase, { sessionId, lifecycleVersion }) : await night.host(skipPlayer, { sessionId, participantId: player?.participantId, lifecycleVersion }))
}

async function kick({ night, random, bots }: Game): Promise<void> {
  const bot = random.int(1, 2) === 1 ? oneOf(bots.filter(({ isKicked }) => !isKicked), random) : undefined
  if (!bot) return
  accepted(await night.kick(bot.name))
  bot.isKicked = true
}

/** Each of these has to be refused, whoever tries it and whenever. */
async function cheat({ night, table, random, bots }: Game, { lifecycleVersion }: SessionView): Promise<void> {
  const { sessionId } = table
  const bot = oneOf(bots, random)
  const other = oneOf(bots.filter((one) => one !== bot && one.round !== null), random)
  if (!bot) return
  const phrase = "PURPLE ELEPHANT"
  const tricks = [
    () => night.guest(bot.name, beginSessionRound, { sessionId, lifecycleVersion: lifecycleVersion - 1 }),
    () => night.guest(bot.name, submitSessionRound, { sessionId, roundId: randomUUID(), phrase }),
    () => night.guest(bot.name, submitSessionRound, { sessionId, roundId: bot.last ?? randomUUID(), phrase }),
    () => night.guest(bot.name, submitSessionRound, { sessionId, roundId: other?.round?.roundId ?? randomUUID(), phrase }),
    () => night.guest(bot.name, submitSessionRound, { sessionId, roundId: bot.round?.roundId ?? randomUUID(), phrase: "?" }),
    () => night.guest(bot.name, submitSessionRound, { sessionId, roundId: bot.round?.roundId ?? randomUUID(), phrase, lifecycleVersion: lifecycleVersion + 1 }),
  ]
  const answer = await oneOf(tricks, random)?.()
  expect(answer?.ok).toBe(false)
  if (answer) expectKnown(answer)
}

function owes({ night }: Game, { players }: SessionView, { name }: Bot): boolean {
  const seat = players.find(({ guestId }) => guestId === night.idOf(name))
  return seat !== undefined && seat.done < seat.dealt
}

function expectKnown(answer: { ok: true } | { ok: false; refusal: { code: string } }): void {
  if (!answer.ok && !answer.refusal.code.startsWith("phrase_")) expect(refusals).toContain(answer.refusal.code)
}

function oneOf<T>(list: readonly T[], random: Random): T | undefined {
  return list[random.int(0, Math.max(0, list.length - 1))]
}
