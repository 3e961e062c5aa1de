import { and, eq } from "drizzle-orm"
import { quipflipPhrasesets, quipflipRounds } from "@/db/schema/quipflip"
import { sheetOfPrompt } from "@/games/quipflip/round-queries"
import { writtenOf, type Sheet } from "@/games/quipflip/round-sheet"
import type { PhrasesetRole } from "@/games/quipflip/roles"
import { abandonSoloRound, beginSecondCopy, beginSoloRound, submitSoloRound } from "@/games/quipflip/solo-commands"
import { decideFlag, flagPhrase } from "@/games/quipflip/solo-flag-commands"
import { soloDesk } from "@/games/quipflip/solo-queries"
import type { SoloDeskView } from "@/games/quipflip/solo-view"
import { one } from "@/kernel/assert"
import { moveSoloPlayOn } from "@/server/due-solo"
import { accepted, type Night } from "./start-party"

/** Of unlike words, so that two of them can always stand beside each other. */
export const soloPhrases = [
  "PURPLE ELEPHANT",
  "BROKEN VIOLIN",
  "FROZEN PIZZA",
  "ANGRY WIZARD",
  "TINY SUBMARINE",
  "GOLDEN HAMMER",
  "LOUD THUNDER",
  "CRISPY BACON",
  "SECRET TUNNEL",
  "WOBBLY JELLY",
]

/** Quipflip played alone at a test party, in the party's words. Knows every phrase, which nobody at the party does. */
export function soloTable(night: Night) {
  const { db } = night.runtime
  const begin = (name: string, type: "PROMPT" | "COPY" | "VOTE") => night.guest(name, beginSoloRound, { type })
  const submit = (name: string, roundId: string, phrase: unknown, requestId?: string) => night.guest(name, submitSoloRound, { roundId, phrase }, requestId)

  /** Submits the first phrase that stands beside the texts of this round. */
  async function submitAny(name: string, roundId: string): Promise<void> {
    for (const phrase of soloPhrases) {
      const answer = await submit(name, roundId, phrase)
      if (answer.ok) return
      if (!answer.refusal.code.startsWith("phrase_")) throw new Error(`refused: ${JSON.stringify(answer.refusal)}`)
    }
    throw new Error("no phrase of the test fits")
  }

  async function sheet(promptRoundId: string): Promise<Sheet> {
    const found = await sheetOfPrompt(db, night.party.id, promptRoundId)
    if (!found) throw new Error(`no prompt ${promptRoundId}`)
    return found
  }

  const roundOf = async (roundId: string) => one(await db.select().from(quipflipRounds).where(eq(quipflipRounds.roundId, roundId)))

  /** The phrase of the set this vote is on that has this role. */
  async function phraseFor(voteRoundId: string, role: PhrasesetRole): Promise<string> {
    const { phrasesetId } = await roundOf(voteRoundId)
    const set = one(await db.select().from(quipflipPhrasesets).where(eq(quipflipPhrasesets.phrasesetId, phrasesetId ?? "")))
    return writtenOf(await sheet(set.promptRoundId))[role].phrase
  }

  return {
    begin,
    submit,
    sheet,
    roundOf,
    phraseFor,
    buySecond: (name: string, promptRoundId: string) => night.guest(name, beginSecondCopy, { promptRoundId }),
    abandon: (name: string, roundId: string) => night.guest(name, abandonSoloRound, { roundId }),
    flag: (name: string, roundId: string) => night.guest(name, flagPhrase, { roundId }),
    decide: (promptRoundId: string, isKept: boolean) => night.host(decideFlag, { promptRoundId, isKept }),
    desk: async (name: string): Promise<SoloDeskView> => accepted(await night.ask(night.claimsOf(name), soloDesk)).desk,
    /** A whole round of each kind. A prompt and a copy yield their round's id. */
    async write(name: string): Promise<string> {
      const { roundId } = accepted(await begin(name, "PROMPT")).round
      await submitAny(name, roundId)
      night.clock.advance(1)
      return roundId
    },
    async copy(name: string): Promise<string> {
      const { roundId } = accepted(await begin(name, "COPY")).round
      await submitAny(name, roundId)
      night.clock.advance(1)
      return roundId
    },
    async copyAgain(name: string, promptRoundId: string): Promise<string> {
      const { roundId } = accepted(await night.guest(name, beginSecondCopy, { promptRoundId })).round
      await submitAny(name, roundId)
      return roundId
    },
    async vote(name: string, role: PhrasesetRole) {
      const { roundId } = accepted(await begin(name, "VOTE")).round
      return accepted(await submit(name, roundId, await phraseFor(roundId, role)))
    },
    /** One look of the house at its clock. */
    tick: () => moveSoloPlayOn(night.runtime),
    /** What a pot holds. */
    async pot(promptRoundId: string): Promise<number> {
      const rows = await night.transfers()
      const pot = `pot:${promptRoundId}`
      return rows.reduce((sum, { fromAccount, toAccount, amount }) => sum + (toAccount === pot ? amount : 0) - (fromAccount === pot ? amount : 0), 0)
    },
    runningOf: (name: string) =>
      db.select().from(quipflipRounds).where(and(eq(quipflipRounds.playerId, night.idOf(name)), eq(quipflipRounds.status, "ACTIVE"))),
  }
}

export type SoloTable = ReturnType<typeof soloTable>
