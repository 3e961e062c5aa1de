import { eq } from "drizzle-orm"
import { partyImposterPlayers, partyImposterRounds } from "@/db/schema/imposter"
import {
  castImposterVote,
  guessImposterWord,
  leaveImposterRound,
  openImposterVote,
  startImposterRound,
} from "@/games/imposter/commands"
import { newestRound } from "@/games/imposter/queries"
import type { RoundFacts } from "@/games/imposter/round-view"
import { createDueWork } from "@/server/due-work"
import { accepted, type Night } from "./start-party"

/** Imposter at a test party, in the party's words. Knows every role and word, which nobody at the party does. */
export function imposterTable(night: Night) {
  const names = () => new Map([...night.guests].map(([name, { id }]) => [id, name]))
  async function facts(): Promise<RoundFacts> {
    const found = await newestRound(night.runtime.db, night.party.id)
    if (!found) throw new Error("nobody plays Imposter at the test party")
    return found
  }
  const named = async (role: "IMPOSTER" | "CIVILIAN") =>
    (await facts()).players.filter((player) => player.role === role).map(({ userId }) => names().get(userId) ?? userId)
  return {
    facts,
    imposters: () => named("IMPOSTER"),
    civilians: () => named("CIVILIAN"),
    async word(): Promise<string> {
      return (await facts()).round.secretWord
    },
    start: async (input: unknown = {}) => accepted(await night.host(startImposterRound, input)),
    /** The host opens the vote. */
    openVote: async () => accepted(await night.host(openImposterVote, {})).round,
    vote: (name: string, target: string) => night.guest(name, castImposterVote, { targetId: night.idOf(target) }),
    guess: (name: string, text: unknown) => night.guest(name, guessImposterWord, { text }),
    leave: (name: string) => night.guest(name, leaveImposterRound, {}),
    /** One look of the house at its clock. */
    tick: () => createDueWork(night.runtime).doDue(),
    /** Gives the roles to these, whatever was drawn. */
    async deal(imposters: readonly string[]): Promise<void> {
      const { round } = await facts()
      const ids = imposters.map(night.idOf)
      const { db } = night.runtime
      await db.update(partyImposterPlayers).set({ role: "CIVILIAN", isMisterWhite: false }).where(eq(partyImposterPlayers.roundId, round.id))
      for (const id of ids) await db.update(partyImposterPlayers).set({ role: "IMPOSTER" }).where(eq(partyImposterPlayers.userId, id))
      await db.update(partyImposterRounds).set({ imposterId: ids[0] }).where(eq(partyImposterRounds.id, round.id))
    },
  }
}
