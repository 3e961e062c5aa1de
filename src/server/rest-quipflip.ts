import "server-only"
import { z } from "zod"
import { addAiPlayer, createSession, joinSession, joinSessionById, setReady, startSession } from "@/games/quipflip/lobby-commands"
import type { PlayPhase } from "@/games/quipflip/phases"
import { sessionSheet } from "@/games/quipflip/rest-queries"
import * as shapes from "@/games/quipflip/rest-shapes"
import {
  copyTold,
  ownSeatIn,
  promptTold,
  readinessTold,
  resultsTold,
  sessionsTold,
  sessionTold,
  submissionTold,
  voteTold,
  type SessionSheet,
} from "@/games/quipflip/rest-view"
import { beginSessionRound, leaveSession, pingSession, submitSessionRound } from "@/games/quipflip/session-commands"
import { sessionList, sessionResults } from "@/games/quipflip/session-queries"
import { isSessionOver } from "@/games/quipflip/session-over"
import { ok, refuse, type Result } from "@/kernel/result"
import { playAiSeatsOf } from "./due-sessions"
import type { AppRefusal, RefusalCode } from "./refusal"
import { restDoor, type RestDoor, type RestJob } from "./rest-endpoint"
import { runCommand } from "./run-command"
import { runQuery } from "./run-query"

const party = "/api/v1/qf/party"
const session = `${party}/{sessionId}`
const none = z.object({})

/** What anybody may be told who looks, and who acts. */
const looking: readonly RefusalCode[] = ["input_invalid", "not_signed_in", "kicked", "party_unknown"]
const acting: readonly RefusalCode[] = [...looking, "party_ended", "party_busy"]
const inLobby: readonly RefusalCode[] = [...acting, "session_not_found", "not_in_session", "session_over", "session_already_started"]
const inRound: readonly RefusalCode[] = [
  ...acting,
  "session_not_found",
  "not_in_session",
  "left_session",
  "session_not_started",
  "session_over",
  "stale_version",
  "round_over",
]
const joining: readonly RefusalCode[] = [...acting, "session_not_found", "session_already_started", "session_full", "already_joined", "in_another_session"]

type Job = Pick<RestJob<unknown>, "parts" | "caller">

async function sheetOf({ parts, caller }: Job, sessionId: string, roundId?: string): Promise<Result<{ sheet: SessionSheet }, AppRefusal>> {
  return runQuery(parts, sessionSheet, caller.claims, { sessionId, ...(roundId ? { roundId } : {}) })
}

/** The session as it is now. */
async function toldSession(job: Job, sessionId: string) {
  const found = await sheetOf(job, sessionId)
  return found.ok ? ok(sessionTold(found.value.sheet)) : found
}

/** What a command did, as the session that it left. */
async function doneTo(job: Job, done: Promise<Result<{ session: { sessionId: string } }, AppRefusal>>) {
  const result = await done
  return result.ok ? toldSession(job, result.value.session.sessionId) : result
}

const create = restDoor({
  method: "post",
  path: `${party}/create`,
  summary: "Opens a session and sits down in it as its host",
  params: none,
  input: shapes.createBody,
  answer: shapes.sessionAnswer,
  errors: [...acting, "in_another_session", "too_many_sessions", "no_code_left"],
  hasRequestId: true,
  work: async (job) => {
    const { min_players, max_players, prompts_per_player, copies_per_player, votes_per_player, pace } = job.input
    const settings = {
      minPlayers: min_players,
      maxPlayers: max_players,
      promptsPerPlayer: prompts_per_player,
      copiesPerPlayer: copies_per_player,
      votesPerPlayer: votes_per_player,
      pace,
    }
    return doneTo(job, runCommand(job.parts, createSession, job.caller, settings))
  },
})

const join = restDoor({
  method: "post",
  path: `${party}/join`,
  summary: "Sits down in the session with this code, or comes back to it",
  params: none,
  input: shapes.joinBody,
  answer: shapes.sessionAnswer,
  errors: joining,
  hasRequestId: true,
  work: async (job) => doneTo(job, runCommand(job.parts, joinSession, job.caller, { code: job.input.party_code })),
})

const joinById = restDoor({
  method: "post",
  path: `${session}/join`,
  summary: "The same for a session whose id is known",
  params: shapes.sessionPath,
  input: none,
  answer: shapes.sessionAnswer,
  errors: joining,
  hasRequestId: true,
  work: async (job) => doneTo(job, runCommand(job.parts, joinSessionById, job.caller, job.input)),
})

const list = restDoor({
  method: "get",
  path: `${party}/list`,
  summary: "Sessions of the party that are open, or that run",
  params: none,
  input: shapes.listQuery,
  answer: shapes.listAnswer,
  errors: looking,
  work: async ({ parts, caller, input }) => {
    const found = await runQuery(parts, sessionList, caller.claims, input)
    return found.ok ? ok(sessionsTold(found.value.sessions)) : found
  },
})

const ready = restDoor({
  method: "post",
  path: `${session}/ready`,
  summary: "Ready to start, or with `is_ready: false` not yet",
  params: shapes.sessionPath,
  input: shapes.readyBody,
  answer: shapes.readyAnswer,
  errors: inLobby,
  hasRequestId: true,
  work: async (job) => {
    const { sessionId, is_ready } = job.input
    const done = await runCommand(job.parts, setReady, job.caller, { sessionId, isReady: is_ready })
    if (!done.ok) return done
    const found = await sheetOf(job, sessionId)
    if (!found.ok) return found
    const seat = ownSeatIn(found.value.sheet)
    return seat ? ok(readinessTold(found.value.sheet, seat)) : refuse("not_in_session")
  },
})

const addAi = restDoor({
  method: "post",
  path: `${session}/add-ai`,
  summary: "An AI player takes a seat (host of the session)",
  params: shapes.sessionPath,
  input: none,
  answer: shapes.sessionAnswer,
  errors: [...inLobby, "not_host", "session_full", "already_joined"],
  hasRequestId: true,
  work: async (job) => doneTo(job, runCommand(job.parts, addAiPlayer, job.caller, job.input)),
})

const ping = restDoor({
  method: "post",
  path: `${session}/ping`,
  summary: "Calls the phones of those the session waits for (host of the session)",
  params: shapes.sessionPath,
  input: none,
  answer: shapes.pingAnswer,
  errors: [...acting, "session_not_found", "session_over", "not_host"],
  hasRequestId: true,
  work: async (job) => runCommand(job.parts, pingSession, job.caller, job.input),
})

const processAi = restDoor({
  method: "post",
  path: `${session}/process-ai`,
  summary: "Plays now what AI seats of the session are due to play (its players)",
  params: shapes.sessionPath,
  input: none,
  answer: shapes.processAiAnswer,
  errors: [...acting, "session_not_found", "not_in_session", "session_not_started", "session_over"],
  work: async (job) => {
    const { sessionId } = job.input
    const found = await sheetOf(job, sessionId)
    if (!found.ok) return found
    if (!ownSeatIn(found.value.sheet)) return refuse("not_in_session")
    if (found.value.sheet.session.status === "OPEN") return refuse("session_not_started")
    if (isSessionOver(found.value.sheet.session)) return refuse("session_over")
    const moves = await playAiSeatsOf(job.parts, sessionId)
    const after = await sheetOf(job, sessionId)
    if (!after.ok) return after
    const { sheet } = after.value
    return ok({ moves_made: moves, current_phase: sheet.session.currentPhase, lifecycle_version: sheet.session.lifecycleVersion, version: sheet.version })
  },
})

const start = restDoor({
  method: "post",
  path: `${session}/start`,
  summary: "Starts the session with whoever is in (host of the session)",
  params: shapes.sessionPath,
  input: none,
  answer: shapes.sessionAnswer,
  errors: [...acting, "session_not_found", "session_over", "session_already_started", "not_host", "not_enough_players"],
  hasRequestId: true,
  work: async (job) => doneTo(job, runCommand(job.parts, startSession, job.caller, job.input)),
})

const status = restDoor({
  method: "get",
  path: `${session}/status`,
  summary: "The session as everybody sees it",
  params: shapes.sessionPath,
  input: none,
  answer: shapes.sessionAnswer,
  errors: [...looking, "session_not_found"],
  work: async (job) => toldSession(job, job.input.sessionId),
})

const results = restDoor({
  method: "get",
  path: `${session}/results`,
  summary: "What the session came to, once it is over",
  params: shapes.sessionPath,
  input: none,
  answer: shapes.resultsAnswer,
  errors: [...looking, "session_not_found", "session_not_over"],
  work: async ({ parts, caller, input }) => {
    const found = await runQuery(parts, sessionResults, caller.claims, input)
    return found.ok ? ok(resultsTold(found.value.results)) : found
  },
})

const leave = restDoor({
  method: "post",
  path: `${session}/leave`,
  summary: "Leaves the lobby, or the running session: the AI then plays the seat until its player joins again",
  params: shapes.sessionPath,
  input: none,
  answer: shapes.leaveAnswer,
  errors: [...acting, "session_not_found", "not_in_session", "session_over", "left_session"],
  hasRequestId: true,
  work: async ({ parts, caller, input }) => {
    const done = await runCommand(parts, leaveSession, caller, input)
    return done.ok ? ok({ message: "You have left the session.", version: done.value.version }) : done
  },
})

/** Begins the next round of a kind; who asks again gets the round that runs. */
async function begin(job: RestJob<{ sessionId: string; lifecycle_version?: number | undefined }>, type: PlayPhase) {
  const { sessionId, lifecycle_version: lifecycleVersion } = job.input
  const done = await runCommand(job.parts, beginSessionRound, job.caller, { sessionId, type, lifecycleVersion })
  if (!done.ok) return done
  const { seat } = done.value
  const { round } = seat
  if (!round) return refuse("round_over")
  const found = await sheetOf(job, sessionId, round.roundId)
  if (!found.ok) return found
  const { sheet } = found.value
  const partyRoundId = sheet.round?.partyRoundId
  // The phase ended in between, and the house has played in the round's place.
  return partyRoundId ? ok({ sheet, seat, round, partyRoundId }) : refuse("round_over")
}

const beginPrompt = restDoor({
  method: "post",
  path: `${session}/rounds/prompt`,
  summary: "Begins the next prompt that was dealt, and charges for it",
  params: shapes.sessionPath,
  input: shapes.roundBody,
  answer: shapes.promptAnswer,
  errors: [...inRound, "wrong_phase", "already_submitted"],
  hasRequestId: true,
  work: async (job) => {
    const begun = await begin(job, "PROMPT")
    return begun.ok ? ok(promptTold(begun.value)) : begun
  },
})

const beginCopy = restDoor({
  method: "post",
  path: `${session}/rounds/copy`,
  summary: "Begins the next copy that was dealt, and charges for it",
  params: shapes.sessionPath,
  input: shapes.roundBody,
  answer: shapes.copyAnswer,
  errors: [...inRound, "wrong_phase", "copies_complete"],
  hasRequestId: true,
  work: async (job) => {
    const begun = await begin(job, "COPY")
    return begun.ok ? ok(copyTold(begun.value)) : begun
  },
})

const beginVote = restDoor({
  method: "post",
  path: `${session}/rounds/vote`,
  summary: "Begins the next vote that was dealt, and charges for it",
  params: shapes.sessionPath,
  input: shapes.roundBody,
  answer: shapes.voteAnswer,
  errors: [...inRound, "wrong_phase", "votes_complete"],
  hasRequestId: true,
  work: async (job) => {
    const begun = await begin(job, "VOTE")
    return begun.ok ? ok(voteTold(begun.value)) : begun
  },
})

const phraseErrors: readonly RefusalCode[] = [
  "phrase_too_short",
  "phrase_too_long",
  "phrase_has_other_signs",
  "phrase_too_few_words",
  "phrase_too_many_words",
  "phrase_word_too_short",
  "phrase_word_too_long",
  "phrase_word_unknown",
  "phrase_all_common",
  "phrase_not_for_family",
  "phrase_duplicate",
  "phrase_too_close",
  "phrase_too_close_to_hidden",
  "phrase_same_meaning",
  "choice_unknown",
]

const submit = restDoor({
  method: "post",
  path: `${session}/rounds/{roundId}/submit`,
  summary: "Submits a phrase, or the phrase a vote is for",
  params: shapes.roundPath,
  input: shapes.submitBody,
  answer: shapes.submitAnswer,
  errors: [...inRound, "round_not_found", "already_submitted", ...phraseErrors],
  hasRequestId: true,
  work: async (job) => {
    const { sessionId, roundId, phrase, lifecycle_version: lifecycleVersion } = job.input
    const done = await runCommand(job.parts, submitSessionRound, job.caller, { sessionId, roundId, phrase, lifecycleVersion })
    if (!done.ok) return done
    const found = await sheetOf(job, sessionId, roundId)
    if (!found.ok) return found
    const { sheet } = found.value
    return sheet.round ? ok(submissionTold(sheet, sheet.round.roundType, phrase, done.value.session)) : refuse("round_not_found")
  },
})

/** Quipflip's doors for machines, each the handler of one route file under src/app/api/v1/qf. */
export const quipflipRest = {
  create,
  join,
  joinById,
  list,
  ready,
  addAi,
  ping,
  processAi,
  start,
  status,
  results,
  leave,
  beginPrompt,
  beginCopy,
  beginVote,
  submit,
} satisfies Record<string, RestDoor>
