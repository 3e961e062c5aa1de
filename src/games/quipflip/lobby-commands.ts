import { eq } from "drizzle-orm"
import type { Tx } from "@/db/client"
import { partyParticipants, partySessions } from "@/db/schema/quipflip"
import { ok, refuse, type Result } from "@/kernel/result"
import type { Party } from "@/party/actor"
import { command } from "@/party/command"
import { freeAiName } from "./ai-names"
import { quipflipEvents } from "./events"
import { changeSessionInput, createSessionInput, joinSessionInput, readyInput, removeAiInput, sessionInput } from "./input"
import { decideJoin, decideStart, hasOpenedTooMany } from "./lobby"
import { endSoloRounds, getUp, lobbyOf, openLobby, readiness, settingsOf, sitDown } from "./lobby-steps"
import { beginPhase } from "./phase-steps"
import type { QuipflipRefusal } from "./refusals"
import { comeBack } from "./seat-steps"
import { parseSessionCode } from "./session-code"
import type { SessionFacts } from "./session-facts"
import { livingSessionOf, livingSessionWithCode, openingsOf, seatableGuests, sessionFacts } from "./session-queries"
import { changeSession, conclude, matchOf, type Match } from "./session-steps"
import { isSessionOver } from "./session-over"
import type { SessionView } from "./view"
import { sessionViewOf } from "./session-view"

export type SessionAnswer = Promise<Result<{ session: SessionView }, QuipflipRefusal>>

/** Opens a lobby and sits down in it as its host [QF-S1] [QF-S17]. */
export const createSession = command({
  name: "createSession",
  who: "guest",
  input: createSessionInput,
  async run(context, settings): SessionAnswer {
    const match = matchOf(context)
    const guestId = context.actor.guest.id
    const lobby = await newLobby(match, guestId, settings)
    if (!lobby.ok) return lobby
    return concluded(match, await sitDown(match, lobby.value, [{ playerId: guestId, isReady: false }]))
  },
})

/** Sits down in the lobby with this code; whoever left a running session is back in their seat [QF-S1] [QF-S2] [QF-S6]. */
export const joinSession = command({
  name: "joinSession",
  who: "guest",
  input: joinSessionInput,
  async run(context, { code }): SessionAnswer {
    const parsed = parseSessionCode(code)
    const facts = parsed === null ? null : await livingSessionWithCode(context.tx, context.party.id, parsed)
    return facts ? join(matchOf(context), facts, context.actor.guest.id) : refuse("session_not_found")
  },
})

/** The same by the session's id: for who sees it listed, or scans it. */
export const joinSessionById = command({
  name: "joinSessionById",
  who: "guest",
  input: sessionInput,
  async run(context, { sessionId }): SessionAnswer {
    const facts = await sessionFacts(context.tx, context.party.id, sessionId)
    if (facts && isSessionOver(facts.session)) return refuse("session_over")
    return facts ? join(matchOf(context), facts, context.actor.guest.id) : refuse("session_not_found")
  },
})

async function join(match: Match, facts: SessionFacts, guestId: string): SessionAnswer {
  const isLeaver = facts.seats.some(({ playerId, status }) => playerId === guestId && status === "DISCONNECTED")
  if (isLeaver) return comeBack(match, facts, guestId)
  const may = decideJoin(lobbyOf(facts), guestId)
  if (!may.ok) return may
  if ((await livingSessionOf(match.tx, guestId)) !== null) return refuse("in_another_session")
  return concluded(match, await sitDown(match, facts, [{ playerId: guestId, isReady: false }]))
}

/** Ready, or not yet [QF-S2]. */
export const setReady = command({
  name: "setReady",
  who: "guest",
  input: readyInput,
  async run(context, { sessionId, isReady }): SessionAnswer {
    const match = matchOf(context)
    const lobby = await ownLobby(context.tx, context.party, sessionId, context.actor.guest.id)
    if (!lobby.ok) return lobby
    const { facts, seat } = lobby.value
    await match.tx
      .update(partyParticipants)
      .set({ ...readiness(isReady, match.now), lastActivityAt: match.now })
      .where(eq(partyParticipants.participantId, seat.participantId))
    await changeSession(match, facts)
    return reread(match, sessionId)
  },
})

/** An AI player takes a seat, ready at once [QF-S2]. */
export const addAiPlayer = command({
  name: "addAiPlayer",
  who: "guest",
  input: sessionInput,
  async run(context, { sessionId }): SessionAnswer {
    const match = matchOf(context)
    const lobby = await hostedLobby(context.tx, context.party, sessionId, context.actor.guest.id)
    if (!lobby.ok) return lobby
    const { facts } = lobby.value
    const aiName = freeAiName(facts.seats.map(({ name }) => name))
    const may = decideJoin(lobbyOf(facts), aiName)
    return may.ok ? concluded(match, await sitDown(match, facts, [{ aiName }])) : may
  },
})

/** An AI player goes [QF-S2]. */
export const removeAiPlayer = command({
  name: "removeAiPlayer",
  who: "guest",
  input: removeAiInput,
  async run(context, { sessionId, participantId }): SessionAnswer {
    const match = matchOf(context)
    const lobby = await hostedLobby(context.tx, context.party, sessionId, context.actor.guest.id)
    if (!lobby.ok) return lobby
    const { facts } = lobby.value
    const seat = facts.seats.find((one) => one.participantId === participantId && one.isAi)
    if (!seat) return refuse("player_unknown")
    const after = await getUp(match, facts, seat)
    return after ? concluded(match, after) : refuse("session_not_found")
  },
})

/** Quotas and timers, until the start [QF-S2] [QF-N8] [QF-S4]. */
export const changeSessionSettings = command({
  name: "changeSessionSettings",
  who: "guest",
  input: changeSessionInput,
  async run(context, { sessionId, ...settings }): SessionAnswer {
    const match = matchOf(context)
    const lobby = await hostedLobby(context.tx, context.party, sessionId, context.actor.guest.id)
    if (!lobby.ok) return lobby
    return concluded(match, await changeSession(match, lobby.value.facts, given(settings)))
  },
})

/** What was left out stays as it is. */
function given<T extends object>(settings: T): Partial<T> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<T>
}

/** Starts the match with whoever is in [QF-S2] [QF-S3]. */
export const startSession = command({
  name: "startSession",
  who: "guest",
  input: sessionInput,
  async run(context, { sessionId }): SessionAnswer {
    const match = matchOf(context)
    const guestId = context.actor.guest.id
    const facts = await sessionFacts(context.tx, context.party.id, sessionId)
    if (!facts) return refuse("session_not_found")
    if (isSessionOver(facts.session)) return refuse("session_over")
    const may = decideStart(lobbyOf(facts), guestId)
    if (!may.ok) return may
    return concluded(match, await start(match, facts))
  },
})

async function start(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const { tx, now } = match
  await endSoloRounds(match, facts.seats.flatMap(({ playerId }) => playerId ?? []))
  await tx.update(partyParticipants).set({ status: "ACTIVE" }).where(eq(partyParticipants.sessionId, facts.session.sessionId))
  // The phase that follows writes the session: here it only becomes one that is played.
  const started = { ...facts.session, status: "IN_PROGRESS" as const, startedAt: now, lockedAt: now }
  return beginPhase(match, { ...facts, session: started, seats: facts.seats.map((seat) => ({ ...seat, status: "ACTIVE" })) }, "PROMPT")
}

/** The people of a session that is over in a new one like it; whoever comes second finds it there [QF-S18]. */
export const playAgain = command({
  name: "playAgain",
  who: "guest",
  input: sessionInput,
  async run(context, { sessionId }): SessionAnswer {
    const match = matchOf(context)
    const { tx, party, emit } = match
    const guestId = context.actor.guest.id
    const over = await sessionFacts(tx, party.id, sessionId)
    if (!over) return refuse("session_not_found")
    if (!isSessionOver(over.session)) return refuse("session_not_over")
    if (over.seats.every(({ playerId }) => playerId !== guestId)) return refuse("not_in_session")
    const next = over.session.nextSessionId === null ? null : await sessionFacts(tx, party.id, over.session.nextSessionId)
    if (next && !isSessionOver(next.session)) return followed(match, next, guestId)

    const lobby = await newLobby(match, guestId, settingsOf(over.session))
    if (!lobby.ok) return lobby
    const facts = await sitDown(match, lobby.value, await sameAgain(tx, over, guestId))
    await tx.update(partySessions).set({ nextSessionId: facts.session.sessionId }).where(eq(partySessions.sessionId, sessionId))
    const session = sessionViewOf(facts)
    emit(quipflipEvents.sessionContinued.to(party.id, { session, previousId: sessionId }))
    return ok({ session })
  },
})

/** Everybody who is free, the one who asks first, and as many AI players. */
async function sameAgain(tx: Tx, { seats }: SessionFacts, guestId: string) {
  const others = seats.flatMap(({ playerId }) => (playerId === null || playerId === guestId ? [] : [playerId]))
  const free = await seatableGuests(tx, others)
  const people = [guestId, ...others.filter((id) => free.includes(id))].map((playerId) => ({ playerId, isReady: playerId === guestId }))
  return [...people, ...seats.filter(({ isAi }) => isAi).map(({ name }) => ({ aiName: name }))]
}

async function followed(match: Match, next: SessionFacts, guestId: string): SessionAnswer {
  const isSeated = next.seats.some(({ playerId }) => playerId === guestId)
  return isSeated ? ok({ session: sessionViewOf(next) }) : join(match, next, guestId)
}

async function newLobby(match: Match, guestId: string, settings: Parameters<typeof openLobby>[2]) {
  if ((await livingSessionOf(match.tx, guestId)) !== null) return refuse("in_another_session")
  if (hasOpenedTooMany(await openingsOf(match.tx, guestId), match.now)) return refuse("too_many_sessions")
  return openLobby(match, guestId, settings)
}

async function ownLobby(tx: Tx, party: Party, sessionId: string, guestId: string) {
  const facts = await sessionFacts(tx, party.id, sessionId)
  if (!facts) return refuse("session_not_found")
  const seat = facts.seats.find(({ playerId }) => playerId === guestId)
  if (!seat) return refuse("not_in_session")
  if (isSessionOver(facts.session)) return refuse("session_over")
  return facts.session.status === "OPEN" ? ok({ facts, seat }) : refuse("session_already_started")
}

async function hostedLobby(tx: Tx, party: Party, sessionId: string, guestId: string) {
  const lobby = await ownLobby(tx, party, sessionId, guestId)
  return lobby.ok && lobby.value.facts.session.hostPlayerId !== guestId ? refuse("not_host") : lobby
}

async function reread(match: Match, sessionId: string): SessionAnswer {
  const facts = await sessionFacts(match.tx, match.party.id, sessionId)
  return facts ? concluded(match, facts) : refuse("session_not_found")
}

async function concluded(match: Match, facts: SessionFacts): SessionAnswer {
  const { session } = await conclude(match, facts)
  return ok({ session })
}
