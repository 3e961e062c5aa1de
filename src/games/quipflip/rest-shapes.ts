import { z } from "zod"
import { beginSessionRoundInput, createSessionInput, joinSessionInput, readyInput, sessionInput, submitSessionRoundInput } from "./input"

/** Every request and answer of Quipflip's REST doors, in the seeds' names: parsed with, documented from, and tested against. */

const instant = z.iso.datetime()
const count = z.int().min(0)
const coins = z.int()
const roundId = submitSessionRoundInput.shape.roundId

// ── Requests ────────────────────────────────────────────────────────────────

const { minPlayers, maxPlayers, promptsPerPlayer, copiesPerPlayer, votesPerPlayer, pace } = createSessionInput.shape

export const sessionPath = z.object({ sessionId: sessionInput.shape.sessionId })
export const roundPath = sessionPath.extend({ roundId })

export const createBody = z.object({
  min_players: minPlayers,
  max_players: maxPlayers,
  prompts_per_player: promptsPerPlayer,
  copies_per_player: copiesPerPlayer,
  votes_per_player: votesPerPlayer,
  pace,
})
export const joinBody = z.object({ party_code: joinSessionInput.shape.code })
export const readyBody = z.object({ is_ready: readyInput.shape.isReady })
/** The `lifecycle_version` the sender saw: another one is `stale_version`. */
export const roundBody = z.object({ lifecycle_version: beginSessionRoundInput.shape.lifecycleVersion })
/** A vote sends the phrase it is for. */
export const submitBody = roundBody.extend({ phrase: submitSessionRoundInput.shape.phrase })
export const listQuery = z.object({ status: z.enum(["OPEN", "IN_PROGRESS"]).default("OPEN") })

// ── Answers ─────────────────────────────────────────────────────────────────

const success = z.literal(true)
/** The party's version at this answer: an event with the same or a lower one tells nothing new. */
const version = count
const phase = z.enum(["LOBBY", "PROMPT", "COPY", "VOTE", "RESULTS"])
const sessionStatus = z.enum(["OPEN", "IN_PROGRESS", "COMPLETED", "ABANDONED"])

/** An AI player is nobody's: `player_id` is null. */
const person = { player_id: z.uuid().nullable(), participant_id: z.uuid(), username: z.string() }

export const participantShape = z
  .object({
    ...person,
    is_host: z.boolean(),
    is_ai: z.boolean(),
    status: z.enum(["JOINED", "READY", "ACTIVE", "COMPLETED", "DISCONNECTED"]),
    joined_at: instant,
    prompts_submitted: count,
    copies_submitted: count,
    votes_submitted: count,
    prompts_required: count,
    copies_required: count,
    votes_required: count,
    phase_complete: z.boolean(),
  })
  .meta({ id: "Participant", description: "A seat. What is required is the quota until a phase is dealt, and then what was dealt." })

const progress = z
  .object({
    total_prompts: count,
    total_copies: count,
    total_votes: count,
    required_prompts: count,
    required_copies: count,
    required_votes: count,
    players_ready_for_next_phase: count,
    total_players: count,
  })
  .meta({ id: "Progress" })

export const sessionAnswer = z
  .object({
    success,
    session_id: z.uuid(),
    party_code: z.string().length(8),
    host_player_id: z.uuid(),
    status: sessionStatus,
    current_phase: phase,
    lifecycle_version: count.describe("Counts the phases."),
    created_at: instant,
    started_at: instant.nullable(),
    locked_at: instant.nullable(),
    phase_started_at: instant.nullable(),
    phase_expires_at: instant.nullable().describe("Null without timers, in the lobby and after the end."),
    completed_at: instant.nullable(),
    next_session_id: z.uuid().nullable(),
    participants: z.array(participantShape),
    participant_count: count,
    min_players: count,
    max_players: count,
    prompts_per_player: count,
    copies_per_player: count,
    votes_per_player: count,
    pace: z.enum(["X1", "X1_5", "X2", "OFF"]),
    progress,
    version,
  })
  .meta({ id: "Session" })

export const listAnswer = z
  .object({
    success,
    sessions: z.array(
      z.object({
        session_id: z.uuid(),
        party_code: z.string(),
        status: sessionStatus,
        current_phase: phase,
        created_at: instant,
        host_username: z.string(),
        participant_count: count,
        min_players: count,
        max_players: count,
      }),
    ),
  })
  .meta({ id: "SessionList" })

export const readyAnswer = z
  .object({
    success,
    participant_id: z.uuid(),
    status: participantShape.shape.status,
    session: z.object({ ready_count: count, total_count: count, can_start: z.boolean() }),
    version,
  })
  .meta({ id: "Readiness" })

export const leaveAnswer = z.object({ success, message: z.string(), version }).meta({ id: "Left" })
export const pingAnswer = z.object({ success, pinged: count.describe("Guests whose phones are called."), version }).meta({ id: "Pinged" })
export const processAiAnswer = z
  .object({ success, moves_made: count, current_phase: phase, lifecycle_version: count, version })
  .meta({ id: "AiMoves" })

const players = { players_done: count, total_players: count }
const own = {
  PROMPT: { your_prompts_submitted: count, prompts_required: count },
  COPY: { your_copies_submitted: count, copies_required: count },
  VOTE: { your_votes_submitted: count, votes_required: count },
}

const begun = {
  success,
  round_id: z.uuid(),
  party_round_id: z.uuid(),
  expires_at: instant.nullable().describe("Null without timers."),
  cost: coins,
  lent: coins.describe("The part of the cost the house lent."),
  from_party: z.literal(true).describe("A round of a session. Where its text comes from shows in the results."),
  lifecycle_version: count,
  version,
}

export const promptAnswer = z
  .object({ ...begun, prompt_text: z.string(), session_progress: z.object({ ...own.PROMPT, ...players }) })
  .meta({ id: "PromptRound" })
export const copyAnswer = z
  .object({
    ...begun,
    original_phrase: z.string(),
    prompt_round_id: z.uuid(),
    discount_active: z.boolean(),
    is_second_copy: z.literal(false).describe("Copies of a session are dealt, never bought."),
    session_progress: z.object({ ...own.COPY, ...players }),
  })
  .meta({ id: "CopyRound" })
export const voteAnswer = z
  .object({
    ...begun,
    phraseset_id: z.uuid(),
    prompt_text: z.string(),
    phrases: z.array(z.string()).length(3).describe("In this voter's own order. A vote submits one of them."),
    session_progress: z.object({ ...own.VOTE, ...players }),
  })
  .meta({ id: "VoteRound" })

const phaseTransition = z
  .object({ new_phase: phase, message: z.string(), phase_started_at: instant.nullable() })
  .nullable()
  .describe("Set when this submission was the last the phase waited for.")
const afterwards = { phase_complete: z.boolean(), players_ready: count, total_players: count }
const submitted = { success, phrase: z.string().describe("As it is stored."), phase_transition: phaseTransition, lifecycle_version: count, version }

export const submitAnswer = z
  .discriminatedUnion("round_type", [
    z.object({ ...submitted, round_type: z.literal("prompt"), session_progress: z.object({ ...own.PROMPT, ...afterwards }) }),
    z.object({ ...submitted, round_type: z.literal("copy"), session_progress: z.object({ ...own.COPY, ...afterwards }) }),
    z.object({ ...submitted, round_type: z.literal("vote"), session_progress: z.object({ ...own.VOTE, ...afterwards }) }),
  ])
  .meta({ id: "Submitted" })

const accuracy = z.number().min(0).max(100).nullable().describe("Per cent of votes for the original; null without a vote.")
/** Equals share an award: the first holds it here, the others stand in `shared_with`. */
const award = { ...person, metric_value: z.number(), shared_with: z.array(z.object(person)) }

export const resultsAnswer = z
  .object({
    success,
    session_id: z.uuid(),
    party_code: z.string(),
    completed_at: instant,
    rankings: z.array(
      z.object({
        rank: z.int().min(1),
        ...person,
        is_ai: z.boolean(),
        net_coins: coins,
        coins_spent: coins,
        coins_earned: coins,
        prompts_submitted: count,
        copies_submitted: count,
        votes_submitted: count,
        vote_accuracy: accuracy,
      }),
    ),
    awards: z.object({
      best_writer: z.object({ ...award, votes_received: count }).nullable(),
      top_impostor: z.object({ ...award, votes_fooled: count }).nullable(),
      sharpest_voter: z.object({ ...award, vote_accuracy: accuracy }).nullable(),
    }),
    phrasesets_summary: z.array(
      z.object({
        phraseset_id: z.uuid(),
        prompt_text: z.string(),
        vote_count: count,
        original_player: z.string().nullable().describe("Null for the house's own."),
        most_votes: z.enum(["original", "copy_1", "copy_2"]).nullable().describe("Null when none has most."),
        is_filler: z.boolean(),
        pool_coins: coins,
        phrases: z.array(
          z.object({
            role: z.enum(["original", "copy_1", "copy_2"]),
            phrase: z.string(),
            username: z.string().nullable(),
            is_by_house: z.boolean(),
            coins,
            voters: z.array(z.string()),
          }),
        ),
      }),
    ),
  })
  .meta({ id: "Results" })

/** What a door answers, without the `success` that every answer has. */
export type Told<S extends z.ZodType<{ success: true }>> = z.infer<S> extends infer Answer ? (Answer extends unknown ? Omit<Answer, "success"> : never) : never
