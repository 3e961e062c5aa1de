import { discountedCopyFeeCoins } from "./fees"
import { isPlayPhase, type Phase, type PlayPhase } from "./phases"
import { normalisePhrase } from "./phrase"
import type { PhrasesetRole } from "./roles"
import type { copyAnswer, listAnswer, participantShape, promptAnswer, readyAnswer, resultsAnswer, sessionAnswer, submitAnswer, Told, voteAnswer } from "./rest-shapes"
import { quotasOf, type Participant, type Session } from "./session-facts"
import type { OpenRoundView, PlayerResult, RevealedSet, SeatView, SessionResults, SessionView } from "./view"
import type { z } from "zod"

/** One of the session's rounds. `partyRoundId` is null once the house plays in its place. */
export type SheetRound = {
  readonly partyRoundId: string | null
  readonly roundType: PlayPhase
  readonly promptRoundId: string | null
  readonly phrasesetId: string | null
}

/** What the REST answers about a session are made of. `guestId` is who asks, null for the party's host. */
export type SessionSheet = {
  readonly session: Session
  readonly seats: readonly Participant[]
  /** How much of a phase a seat was dealt and has played. */
  readonly shares: readonly { readonly participantId: string; readonly phase: Phase; readonly dealt: number; readonly done: number }[]
  readonly round: SheetRound | null
  readonly guestId: string | null
  readonly version: number
}

/** The seat of who asks, or null. */
export function ownSeatIn({ seats, guestId }: SessionSheet): Participant | null {
  return seats.find(({ playerId }) => playerId !== null && playerId === guestId) ?? null
}

/** A session as machines see it; no word of anybody's [QF-S13]. */
export function sessionTold(sheet: SessionSheet): Told<typeof sessionAnswer> {
  const { session, seats } = sheet
  const participants = seats.map((seat) => participantTold(sheet, seat))
  return {
    session_id: session.sessionId,
    party_code: session.partyCode,
    host_player_id: session.hostPlayerId,
    status: session.status,
    current_phase: session.currentPhase,
    lifecycle_version: session.lifecycleVersion,
    created_at: session.createdAt.toISOString(),
    started_at: isoOf(session.startedAt),
    locked_at: isoOf(session.lockedAt),
    phase_started_at: isoOf(session.phaseStartedAt),
    phase_expires_at: session.status === "IN_PROGRESS" ? isoOf(session.phaseExpiresAt) : null,
    completed_at: isoOf(session.completedAt),
    next_session_id: session.nextSessionId,
    participants,
    participant_count: participants.length,
    min_players: session.minPlayers,
    max_players: session.maxPlayers,
    prompts_per_player: session.promptsPerPlayer,
    copies_per_player: session.copiesPerPlayer,
    votes_per_player: session.votesPerPlayer,
    pace: session.pace,
    progress: progressTold(participants),
    version: sheet.version,
  }
}

type ParticipantTold = z.infer<typeof participantShape>

function participantTold(sheet: SessionSheet, seat: Participant): ParticipantTold {
  const [prompts, copies, votes] = [shareOf(sheet, seat, "PROMPT"), shareOf(sheet, seat, "COPY"), shareOf(sheet, seat, "VOTE")]
  return {
    player_id: seat.playerId,
    participant_id: seat.participantId,
    username: seat.name,
    is_host: seat.isHost,
    is_ai: seat.isAi,
    status: seat.status,
    joined_at: seat.joinedAt.toISOString(),
    prompts_submitted: prompts.done,
    copies_submitted: copies.done,
    votes_submitted: votes.done,
    prompts_required: prompts.required,
    copies_required: copies.required,
    votes_required: votes.required,
    phase_complete: isThrough(sheet, seat),
  }
}

/** What a seat has to play in a phase: the quota, and once the phase is dealt, what it was dealt. */
function shareOf({ session, shares }: SessionSheet, { participantId }: Participant, phase: PlayPhase): { done: number; required: number } {
  const dealt = shares.filter((share) => share.phase === phase)
  if (dealt.length === 0) return { done: 0, required: quotasOf(session)[phase] }
  const own = dealt.find((share) => share.participantId === participantId)
  return { done: own?.done ?? 0, required: own?.dealt ?? 0 }
}

function isThrough(sheet: SessionSheet, seat: Participant, phase: Phase = sheet.session.currentPhase): boolean {
  if (phase === "LOBBY") return isReady(seat)
  if (!isPlayPhase(phase)) return true
  const { done, required } = shareOf(sheet, seat, phase)
  return done >= required
}

const isReady = ({ isAi, readyAt }: Participant) => isAi || readyAt !== null

function progressTold(participants: readonly ParticipantTold[]) {
  const sum = (numberOf: (one: ParticipantTold) => number) => participants.reduce((total, one) => total + numberOf(one), 0)
  return {
    total_prompts: sum((one) => one.prompts_submitted),
    total_copies: sum((one) => one.copies_submitted),
    total_votes: sum((one) => one.votes_submitted),
    required_prompts: sum((one) => one.prompts_required),
    required_copies: sum((one) => one.copies_required),
    required_votes: sum((one) => one.votes_required),
    players_ready_for_next_phase: participants.filter((one) => one.phase_complete).length,
    total_players: participants.length,
  }
}

export function sessionsTold(sessions: readonly SessionView[]): Told<typeof listAnswer> {
  return {
    sessions: sessions.map((session) => ({
      session_id: session.sessionId,
      party_code: session.code,
      status: session.status,
      current_phase: session.phase,
      created_at: session.createdAt,
      host_username: session.players.find(({ isHost }) => isHost)?.name ?? "",
      participant_count: session.players.length,
      min_players: session.minPlayers,
      max_players: session.maxPlayers,
    })),
  }
}

/** A seat's readiness, and whether the host, who is ready by starting, could start now [QF-S2]. */
export function readinessTold({ session, seats, version }: SessionSheet, seat: Participant): Told<typeof readyAnswer> {
  const wouldBeReady = seats.filter((one) => isReady(one) || one.playerId === session.hostPlayerId).length
  return {
    participant_id: seat.participantId,
    status: seat.status,
    session: {
      ready_count: seats.filter(isReady).length,
      total_count: seats.length,
      can_start: session.status === "OPEN" && wouldBeReady >= session.minPlayers,
    },
    version,
  }
}

type Begun = { readonly sheet: SessionSheet; readonly seat: SeatView; readonly round: OpenRoundView; readonly partyRoundId: string }

function begunTold({ sheet, seat, round, partyRoundId }: Begun) {
  return {
    round_id: round.roundId,
    party_round_id: partyRoundId,
    expires_at: round.endsAt,
    cost: round.feeCoins,
    lent: round.lentCoins,
    from_party: true as const,
    lifecycle_version: seat.lifecycleVersion,
    version: sheet.version,
  }
}

export function promptTold(begun: Begun): Told<typeof promptAnswer> {
  return { ...begunTold(begun), prompt_text: begun.round.promptText ?? "", session_progress: { ...ownPrompts(begun.sheet), ...playersTold(begun.sheet, "PROMPT") } }
}

export function copyTold(begun: Begun): Told<typeof copyAnswer> {
  const { sheet, round } = begun
  return {
    ...begunTold(begun),
    original_phrase: round.originalPhrase ?? "",
    prompt_round_id: sheet.round?.promptRoundId ?? "",
    discount_active: round.feeCoins === discountedCopyFeeCoins,
    is_second_copy: false,
    session_progress: { ...ownCopies(sheet), ...playersTold(sheet, "COPY") },
  }
}

export function voteTold(begun: Begun): Told<typeof voteAnswer> {
  const { sheet, round } = begun
  return {
    ...begunTold(begun),
    phraseset_id: sheet.round?.phrasesetId ?? "",
    prompt_text: round.promptText ?? "",
    phrases: round.phrases ?? [],
    session_progress: { ...ownVotes(sheet), ...playersTold(sheet, "VOTE") },
  }
}

/** `after` is the session as the submission left it. */
export function submissionTold(sheet: SessionSheet, type: PlayPhase, typed: string, after: SessionView): Told<typeof submitAnswer> {
  const common = {
    phrase: normalisePhrase(typed),
    phase_transition: transitionTold(type, after),
    lifecycle_version: after.lifecycleVersion,
    version: sheet.version,
  }
  const { players_done: players_ready, total_players } = playersTold(sheet, type)
  const seat = ownSeatIn(sheet)
  const afterwards = { phase_complete: seat !== null && isThrough(sheet, seat, type), players_ready, total_players }
  switch (type) {
    case "PROMPT":
      return { ...common, round_type: "prompt", session_progress: { ...ownPrompts(sheet), ...afterwards } }
    case "COPY":
      return { ...common, round_type: "copy", session_progress: { ...ownCopies(sheet), ...afterwards } }
    case "VOTE":
      return { ...common, round_type: "vote", session_progress: { ...ownVotes(sheet), ...afterwards } }
  }
}

const messages: Record<Phase, string> = {
  LOBBY: "The lobby is open.",
  PROMPT: "Everybody writes an original.",
  COPY: "All originals are written. Everybody copies.",
  VOTE: "All copies are written. Everybody votes.",
  RESULTS: "All votes are cast. Here are the results.",
}

function transitionTold(type: PlayPhase, { phase, phaseStartedAt }: SessionView): Told<typeof submitAnswer>["phase_transition"] {
  return phase === type ? null : { new_phase: phase, message: messages[phase], phase_started_at: phaseStartedAt }
}

function playersTold(sheet: SessionSheet, phase: PlayPhase) {
  return { players_done: sheet.seats.filter((seat) => isThrough(sheet, seat, phase)).length, total_players: sheet.seats.length }
}

function ownShare(sheet: SessionSheet, phase: PlayPhase) {
  const seat = ownSeatIn(sheet)
  return seat ? shareOf(sheet, seat, phase) : { done: 0, required: 0 }
}

function ownPrompts(sheet: SessionSheet) {
  const { done, required } = ownShare(sheet, "PROMPT")
  return { your_prompts_submitted: done, prompts_required: required }
}

function ownCopies(sheet: SessionSheet) {
  const { done, required } = ownShare(sheet, "COPY")
  return { your_copies_submitted: done, copies_required: required }
}

function ownVotes(sheet: SessionSheet) {
  const { done, required } = ownShare(sheet, "VOTE")
  return { your_votes_submitted: done, votes_required: required }
}

// ── Results ─────────────────────────────────────────────────────────────────

export function resultsTold({ sessionId, code, completedAt, players, awards, sets }: SessionResults): Told<typeof resultsAnswer> {
  const holders = (ids: readonly string[]) => players.filter(({ participantId }) => ids.includes(participantId))
  return {
    session_id: sessionId,
    party_code: code,
    completed_at: completedAt,
    rankings: players.map((player) => ({
      rank: player.rank,
      ...personTold(player),
      is_ai: player.isAi,
      net_coins: player.netCoins,
      coins_spent: player.spentCoins,
      coins_earned: player.earnedCoins,
      prompts_submitted: player.promptsWritten,
      copies_submitted: player.copiesWritten,
      votes_submitted: player.votesCast,
      vote_accuracy: accuracyOf(player),
    })),
    awards: {
      best_writer: awardTold(holders(awards.bestWriterIds), ({ originalVotes }) => ({ votes_received: originalVotes, metric_value: originalVotes })),
      top_impostor: awardTold(holders(awards.topImpostorIds), ({ copyVotes }) => ({ votes_fooled: copyVotes, metric_value: copyVotes })),
      sharpest_voter: awardTold(holders(awards.sharpestVoterIds), (player) => ({ vote_accuracy: accuracyOf(player), metric_value: accuracyOf(player) ?? 0 })),
    },
    phrasesets_summary: sets.map(setTold),
  }
}

function personTold({ guestId, participantId, name }: Pick<PlayerResult, "guestId" | "participantId" | "name">) {
  return { player_id: guestId, participant_id: participantId, username: name }
}

/** Per cent with one decimal; null without a vote. */
function accuracyOf({ votesCast, votesRight }: PlayerResult): number | null {
  return votesCast === 0 ? null : Math.round((1000 * votesRight) / votesCast) / 10
}

function awardTold<Metric extends object>([first, ...others]: readonly PlayerResult[], metricOf: (player: PlayerResult) => Metric) {
  return first ? { ...personTold(first), ...metricOf(first), shared_with: others.map(personTold) } : null
}

const roles = { ORIGINAL: "original", COPY_1: "copy_1", COPY_2: "copy_2" } as const satisfies Record<PhrasesetRole, string>

function setTold({ phrasesetId, promptText, isFiller, poolCoins, phrases }: RevealedSet) {
  const most = Math.max(...phrases.map(({ voters }) => voters.length))
  const leaders = phrases.filter(({ voters }) => voters.length === most)
  const [leader] = leaders
  return {
    phraseset_id: phrasesetId,
    prompt_text: promptText,
    vote_count: phrases.reduce((sum, { voters }) => sum + voters.length, 0),
    original_player: phrases.find(({ role }) => role === "ORIGINAL")?.writer?.name ?? null,
    most_votes: leader && leaders.length === 1 ? roles[leader.role] : null,
    is_filler: isFiller,
    pool_coins: poolCoins,
    phrases: phrases.map(({ role, phrase, writer, isByHouse, coins, voters }) => ({
      role: roles[role],
      phrase,
      username: writer?.name ?? null,
      is_by_house: isByHouse,
      coins,
      voters: voters.map(({ name }) => name),
    })),
  }
}

function isoOf(at: Date | null): string | null {
  return at?.toISOString() ?? null
}
