import { and, eq, inArray } from "drizzle-orm"
import { z } from "zod"
import { partyImposterRounds } from "@/db/schema/imposter"
import { partyEvents, partyUsers } from "@/db/schema/party"
import { partySessions, quipflipRounds } from "@/db/schema/quipflip"
import { castImposterVote, openImposterVote, startImposterRound } from "@/games/imposter/commands"
import { createSession, joinSession, setReady, startSession } from "@/games/quipflip/lobby-commands"
import { graceMs } from "@/games/quipflip/round-clock"
import { beginSessionRound, submitSessionRound } from "@/games/quipflip/session-commands"
import { assert, one } from "@/kernel/assert"
import { secureRandom } from "@/kernel/secure-random"
import type { Claims } from "@/server/identity"
import type { Runtime } from "@/server/runtime"
import { phraseFor } from "@/testing/quipflip-phrase"
import { did, hostOf } from "../../../scripts/bench/stage"

/** A round of Imposter in its vote and a session of Quipflip in its first phase. */
export type GamesUnderWay = {
  readonly roundId: string
  readonly sessionId: string
  /** Lets whatever runs in both run out at this moment; the grace of Quipflip is over by then. */
  endAt(at: Date): Promise<void>
  /** Where both are: "VOTING PROMPT", "REVEALED COPY" and so on; "OVER" when the caught imposter may guess no more. */
  where(): Promise<string>
  /** What was announced of them so far: changes of the round, and of the session. */
  announced(): Promise<{ round: number; session: number }>
  /** What the guests hold, coins: who has named the imposter; who has played, who has only begun, who has done nothing. */
  purses(): Promise<{ readonly voters: number[]; readonly players: number[] }>
}

/** Seven guests who do nothing else: four play Imposter and two of them name the imposter; of three in Quipflip one has played, one has begun and paid. */
export async function beginGames(runtime: Runtime, partyId: string, guestIds: readonly string[]): Promise<GamesUnderWay> {
  const guest = (guestId: string): Claims => ({ guest: { partyId, guestId } })
  const { db } = runtime
  const { roundId, voterIds } = await beginVote(runtime, partyId, guestIds.slice(0, 4))
  const playerIds = guestIds.slice(4, 7)
  const sessionId = await beginSession(runtime, playerIds.map(guest))
  const isRound = eq(partyImposterRounds.id, roundId)
  const isSession = eq(partySessions.sessionId, sessionId)
  const roundNow = async () => one(await db.select().from(partyImposterRounds).where(isRound))
  const sessionNow = async () => one(await db.select().from(partySessions).where(isSession))
  const coinsOf = async (ids: readonly string[]) => {
    const rows = await db.select().from(partyUsers).where(inArray(partyUsers.id, [...ids]))
    return ids.map((id) => rows.find((row) => row.id === id)?.walletBalance ?? NaN)
  }
  const countOf = async (names: string[]) =>
    (await db.select({ id: partyEvents.id }).from(partyEvents).where(and(eq(partyEvents.partyId, partyId), inArray(partyEvents.eventType, names)))).length

  return {
    roundId,
    sessionId,
    async endAt(at) {
      const { status } = await roundNow()
      await db.update(partyImposterRounds).set(status === "REVEALED" ? { guessEndsAt: at } : { voteEndsAt: at }).where(isRound)
      const phaseExpiresAt = new Date(at.getTime() - graceMs)
      await db.update(quipflipRounds).set({ expiresAt: phaseExpiresAt }).where(and(eq(quipflipRounds.sessionId, sessionId), eq(quipflipRounds.status, "ACTIVE")))
      await db.update(partySessions).set({ phaseExpiresAt, dueAt: at }).where(isSession)
    },
    async where() {
      const { status, endedAt } = await roundNow()
      return `${endedAt ? "OVER" : status} ${(await sessionNow()).currentPhase}`
    },
    async announced() {
      return { round: await countOf(["round-changed", "round-revealed"]), session: await countOf(["session-changed"]) }
    },
    async purses() {
      return { voters: await coinsOf(voterIds), players: await coinsOf(playerIds) }
    },
  }
}

const shownGames = z.object({
  imposter: z.nullable(z.object({ roundId: z.string(), status: z.string() })),
  sessions: z.array(z.object({ sessionId: z.string(), phase: z.string() })),
})

/** Where the games are on a screen, in the words of `where`. */
export function whereOn(shown: unknown, { roundId, sessionId }: GamesUnderWay): string {
  const { imposter, sessions } = shownGames.parse(shown)
  return `${imposter?.roundId === roundId ? imposter.status : "none"} ${sessions.find((each) => each.sessionId === sessionId)?.phase ?? "none"}`
}

async function beginVote(runtime: Runtime, partyId: string, playerIds: readonly string[]) {
  const { round } = await did(runtime, startImposterRound, hostOf(partyId), { playerIds })
  await did(runtime, openImposterVote, hostOf(partyId), {})
  const { imposterId } = one(await runtime.db.select().from(partyImposterRounds).where(eq(partyImposterRounds.id, round.roundId)))
  const voterIds = playerIds.filter((id) => id !== imposterId).slice(0, 2)
  for (const guestId of voterIds) await did(runtime, castImposterVote, { guest: { partyId, guestId } }, { targetId: imposterId })
  return { roundId: round.roundId, voterIds }
}

async function beginSession(runtime: Runtime, players: readonly Claims[]): Promise<string> {
  const [host, second, ...others] = players
  assert(host && second, "a session needs players")
  const { session } = await did(runtime, createSession, host, {})
  const { sessionId, code } = session
  for (const guest of [second, ...others]) {
    await did(runtime, joinSession, guest, { code })
    await did(runtime, setReady, guest, { sessionId })
  }
  await did(runtime, startSession, host, { sessionId })
  const { round } = (await did(runtime, beginSessionRound, host, { sessionId })).seat
  assert(round, "the first phase deals everybody a prompt")
  await did(runtime, submitSessionRound, host, { sessionId, roundId: round.roundId, phrase: await phraseFor(round, secureRandom) })
  await did(runtime, beginSessionRound, second, { sessionId })
  return sessionId
}
