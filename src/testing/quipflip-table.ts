import { addAiPlayer, changeSessionSettings, createSession, joinSession, setReady, startSession } from "@/games/quipflip/lobby-commands"
import { beginSessionRound, submitSessionRound } from "@/games/quipflip/session-commands"
import { ownSeat, sessionResults, sessionStatus } from "@/games/quipflip/session-queries"
import type { SeatView, SessionResults, SessionView } from "@/games/quipflip/view"
import { createDueWork } from "@/server/due-work"
import { phraseFor } from "./quipflip-phrase"
import { accepted, type Night } from "./start-party"

export type QuipflipTable = Awaited<ReturnType<typeof startQuipflip>>

type Quotas = { promptsPerPlayer?: number; copiesPerPlayer?: number; votesPerPlayer?: number; pace?: "X1" | "X1_5" | "X2" | "OFF" }

/**
 * A session of guests of this night, driven in the game's words: `const table = await startQuipflip(night, { players: ["Ann",
 * "Bo", "Cy"] }); await table.playPhase()`. The first player is its host.
 */
export async function startQuipflip(night: Night, { players, ai = 0, quotas = {} }: { players: readonly string[]; ai?: number; quotas?: Quotas }) {
  const table = await openQuipflip(night, { players, ai, quotas })
  await table.start()
  return table
}

/** The same as a lobby in which everybody is ready. */
export async function openQuipflip(night: Night, { players, ai = 0, quotas = {} }: { players: readonly string[]; ai?: number; quotas?: Quotas }) {
  const [host = "", ...others] = players
  const opened = accepted(await night.guest(host, createSession, {}))
  const { sessionId, code } = opened.session
  for (const name of others) accepted(await night.guest(name, joinSession, { code }))
  for (let count = 0; count < ai; count++) accepted(await night.guest(host, addAiPlayer, { sessionId }))
  for (const name of others) accepted(await night.guest(name, setReady, { sessionId }))
  if (Object.keys(quotas).length > 0) accepted(await night.guest(host, changeSessionSettings, { sessionId, ...quotas }))

  const status = async (): Promise<SessionView> => accepted(await night.ask(night.hostClaims, sessionStatus, { sessionId })).session
  const seat = async (name: string): Promise<SeatView | null> => accepted(await night.ask(night.claimsOf(name), ownSeat)).seat
  const begin = (name: string) => night.guest(name, beginSessionRound, { sessionId })
  const submit = (name: string, roundId: string, phrase: string) => night.guest(name, submitSessionRound, { sessionId, roundId, phrase })
  const dueWork = createDueWork(night.runtime)

  /** Plays one round. @returns false when the player has nothing left to play in this phase. */
  async function playOne(name: string): Promise<boolean> {
    const begun = await begin(name)
    if (!begun.ok || begun.value.seat.round === null) return false
    const { round } = begun.value.seat
    const refused: string[] = []
    for (let attempt = 0; attempt < 20; attempt++) {
      const phrase = await phraseFor(round, night.runtime.random, refused)
      const sent = await submit(name, round.roundId, phrase)
      if (sent.ok) return true
      refused.push(phrase)
      if (!sent.refusal.code.startsWith("phrase_")) throw new Error(`${name} cannot submit: ${sent.refusal.code}`)
    }
    throw new Error(`${name} found no phrase`)
  }

  return {
    sessionId,
    code,
    host,
    status,
    seat,
    begin,
    submit,
    playOne,
    async start(): Promise<SessionView> {
      return accepted(await night.guest(host, startSession, { sessionId })).session
    },
    /** Plays all a player was dealt in this phase. */
    async playAll(name: string): Promise<void> {
      while (await playOne(name));
    },
    /** Everybody named plays this phase to its end; AI players by due work, in their time. */
    async playPhase(names: readonly string[] = players): Promise<SessionView> {
      const { phase } = await status()
      for (const name of names) while ((await status()).phase === phase && (await playOne(name)));
      return status()
    },
    /** Lets time pass in steps of a second until the session is over or in another phase. */
    async wait(mostSeconds = 700): Promise<SessionView> {
      const before = await status()
      for (let second = 0; second < mostSeconds; second++) {
        await dueWork.doDue()
        const now = await status()
        if (now.lifecycleVersion !== before.lifecycleVersion) return now
        night.clock.advance(1_000)
      }
      throw new Error(`nothing moved in ${mostSeconds} s`)
    },
    async results(): Promise<SessionResults> {
      return accepted(await night.ask(night.hostClaims, sessionResults, { sessionId })).results
    },
  }
}
