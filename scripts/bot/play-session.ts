import type { z } from "zod"
import { copyAnswer, promptAnswer, readyAnswer, resultsAnswer, sessionAnswer, submitAnswer, voteAnswer } from "@/games/quipflip/rest-shapes"
import type { Random } from "@/kernel/random"
import type { News } from "./news"
import { copyFor, originalFor } from "./phrases"
import { Refused, type RestClient } from "./rest-client"

export type Session = z.infer<typeof sessionAnswer>
export type Results = z.infer<typeof resultsAnswer>

export type Player = {
  readonly rest: RestClient
  readonly playerId: string
  readonly random: Random
  readonly news: News
  /** So long the bot thinks over each phrase and each vote, in milliseconds. */
  readonly thinkMs: number
  readonly pause: (ms: number) => Promise<void>
}

const party = "/api/v1/qf/party"
const triesPerRound = 12
/** The game went on while the bot was busy: the status tells how. */
const wentOn = ["stale_version", "wrong_phase", "round_over", "round_not_found", "already_submitted", "copies_complete", "votes_complete", "session_over"]

/** Opens a session with AI players in it. */
export async function openSession({ rest }: Player, { aiPlayers }: { aiPlayers: number }): Promise<Session> {
  const opened = await rest.post(`${party}/create`, {}, sessionAnswer)
  for (let count = 0; count < aiPlayers; count++) await rest.post(`${party}/${opened.session_id}/add-ai`, {}, sessionAnswer)
  return opened
}

/** Sits down in the session with this code; whoever sits there already stays. */
export async function joinSession(player: Player, code: string): Promise<Session> {
  const { rest } = player
  const joined = await rest.post(`${party}/join`, { party_code: code }, sessionAnswer)
  if (joined.status === "OPEN") await rest.post(`${party}/${joined.session_id}/ready`, {}, readyAnswer)
  return joined
}

/** As the session's host: starts it once so many sit in it and all are ready. */
export async function startWhenReady({ rest, news, playerId }: Player, sessionId: string, players: number): Promise<void> {
  for (;;) {
    const { status, participants } = await rest.get(`${party}/${sessionId}/status`, sessionAnswer)
    if (status !== "OPEN") return
    const others = participants.filter(({ player_id }) => player_id !== playerId)
    const isReady = participants.length >= players && others.every(({ phase_complete }) => phase_complete)
    const start = () => rest.post(`${party}/${sessionId}/start`, {}, sessionAnswer)
    if (!isReady || !(await unlessItWentOn(start, ["not_enough_players", "session_already_started"]))) await news.wait()
  }
}

/** Plays a session to its end, whatever phase it is in. @returns its results; null when it was given up */
export async function playSession(player: Player, sessionId: string): Promise<Results | null> {
  const { rest, news, playerId } = player
  for (;;) {
    const session = await rest.get(`${party}/${sessionId}/status`, sessionAnswer)
    if (session.status === "ABANDONED") return null
    if (session.status === "COMPLETED") return rest.get(`${party}/${sessionId}/results`, resultsAnswer)
    const own = session.participants.find(({ player_id }) => player_id === playerId)
    const hasWork = session.status === "IN_PROGRESS" && own !== undefined && !own.phase_complete
    if (!hasWork) await news.wait()
    else if (!(await playNext(player, session))) await news.wait()
  }
}

/** Plays the next round of the phase. @returns whether something was submitted; not when the game went on meanwhile */
async function playNext(player: Player, session: Session): Promise<boolean> {
  const round = await unlessItWentOn(() => beginRound(player, session), wentOn)
  if (!round) return false
  return (await unlessItWentOn(() => submit(player, session, round), wentOn)) ?? false
}

/** @returns null when it was refused with one of these codes: the status has to be read again */
async function unlessItWentOn<T>(work: () => Promise<T>, codes: readonly string[]): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refused && codes.includes(error.code)) return null
    throw error
  }
}

/** A round, and what to send for it after these phrases were refused. */
type Round = { readonly roundId: string; phraseAfter(refused: readonly string[]): Promise<string | null> }

async function beginRound({ rest, random }: Player, { session_id, current_phase, lifecycle_version }: Session): Promise<Round | null> {
  const rounds = `${party}/${session_id}/rounds`
  switch (current_phase) {
    case "PROMPT": {
      const { round_id, prompt_text } = await rest.post(`${rounds}/prompt`, { lifecycle_version }, promptAnswer)
      return { roundId: round_id, phraseAfter: (refused) => originalFor(prompt_text, refused, random) }
    }
    case "COPY": {
      const { round_id, original_phrase } = await rest.post(`${rounds}/copy`, { lifecycle_version }, copyAnswer)
      return { roundId: round_id, phraseAfter: (refused) => copyFor(original_phrase, refused, random) }
    }
    case "VOTE": {
      const { round_id, phrases } = await rest.post(`${rounds}/vote`, { lifecycle_version }, voteAnswer)
      return { roundId: round_id, phraseAfter: async () => phrases[random.int(0, phrases.length - 1)] ?? null }
    }
    case "LOBBY":
    case "RESULTS":
      return null
  }
}

async function submit({ rest, thinkMs, pause }: Player, { session_id, lifecycle_version }: Session, { roundId, phraseAfter }: Round): Promise<true> {
  const refused: string[] = []
  for (let attempt = 0; attempt < triesPerRound; attempt++) {
    const phrase = await phraseAfter(refused)
    if (phrase === null) break
    if (thinkMs > 0) await pause(thinkMs)
    try {
      await rest.post(`${party}/${session_id}/rounds/${roundId}/submit`, { phrase, lifecycle_version }, submitAnswer)
      return true
    } catch (error) {
      if (!(error instanceof Refused) || !error.code.startsWith("phrase_")) throw error
      refused.push(phrase)
    }
  }
  throw new Error(`No phrase passes for round ${roundId}; refused were ${refused.join(", ")}.`)
}
