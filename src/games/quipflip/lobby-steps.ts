import { and, eq } from "drizzle-orm"
import { readWordNet } from "@/ai/phrase-writer/wordnet"
import type { Tx } from "@/db/client"
import { partyParticipants, partySessions } from "@/db/schema/quipflip"
import { assert, one } from "@/kernel/assert"
import { ok, refuse, type Result } from "@/kernel/result"
import type { z } from "zod"
import { quipflipEvents } from "./events"
import type { createSessionInput } from "./input"
import { hostAmong, type LobbySeat } from "./lobby"
import { dueAt } from "./phases"
import { drawSessionCode } from "./session-code"
import type { QuipflipRefusal } from "./refusals"
import { liveSheets } from "./round-queries"
import { runningOf, type EngineRound } from "./round-sheet"
import { endRounds } from "./round-steps"
import type { Participant, Session, SessionFacts } from "./session-facts"
import { isCodeTaken, sessionFacts } from "./session-queries"
import { changeSession, type Match } from "./session-steps"

const mostSeed = 2 ** 31 - 1
const codeTries = 3

/** A lobby with nobody in it yet [QF-S1] [QF-S2]. */
export async function openLobby(match: Match, hostId: string, settings: z.output<typeof createSessionInput>): Promise<Result<SessionFacts, QuipflipRefusal>> {
  const { tx, party, now, random } = match
  // Until the first copy of an AI player there is time to read it; who needs it finds out if it cannot be read.
  void readWordNet().catch(() => undefined)
  const partyCode = await freeCode(match)
  if (partyCode === null) return refuse("no_code_left")
  const dueFirst = dueAt({ status: "OPEN", createdAt: now, progressedAt: now, phaseEnd: null })
  const session = one(
    await tx
      .insert(partySessions)
      .values({
        ...settings,
        partyId: party.id,
        partyCode,
        hostPlayerId: hostId,
        openedById: hostId,
        seed: random.int(0, mostSeed),
        progressedAt: now,
        dueAt: dueFirst,
        createdAt: now,
      })
      .returning(),
  )
  return ok({ session, seats: [], tasks: [], rounds: [], sets: [] })
}

async function freeCode({ tx, random }: Match): Promise<string | null> {
  for (let attempt = 0; attempt < codeTries; attempt++) {
    const code = drawSessionCode(random)
    if (!(await isCodeTaken(tx, code))) return code
  }
  return null
}

type Sitting = { readonly playerId: string; readonly isReady: boolean } | { readonly aiName: string }

/** Takes seats. */
export async function sitDown(match: Match, facts: SessionFacts, sitting: readonly Sitting[]): Promise<SessionFacts> {
  const { tx, party, now } = match
  const { sessionId, hostPlayerId } = facts.session
  // Whoever sits down in the same instant, together or one after the other, keeps their order.
  const first = Math.max(now.getTime(), ...facts.seats.map(({ joinedAt }) => joinedAt.getTime() + 1))
  await tx.insert(partyParticipants).values(
    sitting.map((one, place) => ({
      sessionId,
      joinedAt: new Date(first + place),
      ...("playerId" in one
        ? { playerId: one.playerId, isHost: one.playerId === hostPlayerId, ...readiness(one.isReady, now) }
        : { aiName: one.aiName, isAi: true, ...readiness(true, now) }),
    })),
  )
  await changeSession(match, facts)
  return reread(tx, party.id, sessionId)
}

export function readiness(isReady: boolean, now: Date) {
  return isReady ? ({ status: "READY", readyAt: now } as const) : ({ status: "JOINED", readyAt: null } as const)
}

/** Gets up from the lobby. The host hands over; with the last human the session goes [QF-S2]. @returns null when it is gone. */
export async function getUp(match: Match, facts: SessionFacts, seat: Participant): Promise<SessionFacts | null> {
  const { tx, party } = match
  const { session } = facts
  await tx.delete(partyParticipants).where(eq(partyParticipants.participantId, seat.participantId))
  const seats = facts.seats.filter(({ participantId }) => participantId !== seat.participantId)
  const hostPlayerId = hostAmong(seats.map(lobbySeatOf), session.hostPlayerId)
  if (hostPlayerId === null) {
    await closeLobby(match, { ...facts, seats })
    return null
  }
  if (hostPlayerId !== session.hostPlayerId) {
    await tx
      .update(partyParticipants)
      .set({ isHost: true })
      .where(and(eq(partyParticipants.sessionId, session.sessionId), eq(partyParticipants.playerId, hostPlayerId)))
  }
  await changeSession(match, facts, { hostPlayerId })
  return reread(tx, party.id, session.sessionId)
}

/** Nobody sits in it any more, or it is a day old [QF-S2] [QF-S16]. The row stays, for it counts among those its opener opened [QF-S17]. */
export async function closeLobby(match: Match, facts: SessionFacts): Promise<void> {
  const { tx, party, now, emit } = match
  const { sessionId } = facts.session
  await changeSession(match, facts, { status: "ABANDONED", completedAt: now })
  await tx.update(partyParticipants).set({ status: "COMPLETED" }).where(eq(partyParticipants.sessionId, sessionId))
  emit(quipflipEvents.sessionClosed.to(party.id, { sessionId }))
}

/** Who plays a session plays nothing alone: rounds begun outside are settled as abandoned [QF-E1]. */
export async function endSoloRounds({ tx, party, now, transfers }: Match, guestIds: readonly string[]): Promise<void> {
  const isTheirs = ({ playerId }: EngineRound) => playerId !== null && guestIds.includes(playerId)
  const endings = (await liveSheets(tx, party.id)).flatMap((sheet) =>
    runningOf(sheet).filter(isTheirs).map((round) => ({ round, sheet, reason: "ABANDONED" as const })),
  )
  transfers.push(...(await endRounds(tx, now, endings)))
}

/** A lobby's seat as its rules see it. */
export function lobbySeatOf({ playerId, participantId, isAi, readyAt, joinedAt }: Participant): LobbySeat {
  return { playerId: playerId ?? participantId, isHuman: !isAi, isReady: isAi || readyAt !== null, joinedAt }
}

export function lobbyOf({ session, seats }: SessionFacts) {
  const { status, hostPlayerId, minPlayers, maxPlayers } = session
  return { status, hostId: hostPlayerId, minPlayers, maxPlayers, seats: seats.map(lobbySeatOf) }
}

/** Quotas, timers and sizes of a session, for another like it. */
export function settingsOf({ minPlayers, maxPlayers, promptsPerPlayer, copiesPerPlayer, votesPerPlayer, pace }: Session) {
  return { minPlayers, maxPlayers, promptsPerPlayer, copiesPerPlayer, votesPerPlayer, pace }
}

async function reread(tx: Tx, partyId: string, sessionId: string): Promise<SessionFacts> {
  const facts = await sessionFacts(tx, partyId, sessionId)
  assert(facts !== null, "a lobby one sits in is there")
  return facts
}
