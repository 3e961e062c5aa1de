import { eq, sql } from "drizzle-orm"
import { z } from "zod"
import { partyRounds, quipflipRounds } from "@/db/schema/quipflip"
import { ok, refuse, type Result } from "@/kernel/result"
import { query } from "@/party/command"
import { sessionInput } from "./input"
import type { QuipflipRefusal } from "./refusals"
import type { SessionSheet, SheetRound } from "./rest-view"
import { sessionFacts } from "./session-queries"

/** A session with how much of each phase every seat was dealt and has played, also of phases that are over; and one of its rounds. */
export const sessionSheet = query({
  name: "sessionSheet",
  who: "anyone",
  input: sessionInput.extend({ roundId: z.uuid().optional() }),
  async run({ db, party, actor }, { sessionId, roundId }): Promise<Result<{ sheet: SessionSheet }, QuipflipRefusal>> {
    const facts = await sessionFacts(db, party.id, sessionId)
    if (!facts) return refuse("session_not_found")
    const shares = await db
      .select({
        participantId: partyRounds.participantId,
        phase: partyRounds.phase,
        dealt: sql<number>`count(*)::integer`,
        done: sql<number>`count(${partyRounds.doneAt})::integer`,
      })
      .from(partyRounds)
      .where(eq(partyRounds.sessionId, sessionId))
      .groupBy(partyRounds.participantId, partyRounds.phase)
    const round: SheetRound | undefined = roundId
      ? (
          await db
            .select({
              partyRoundId: partyRounds.partyRoundId,
              roundType: quipflipRounds.roundType,
              promptRoundId: quipflipRounds.promptRoundId,
              phrasesetId: quipflipRounds.phrasesetId,
            })
            .from(quipflipRounds)
            .leftJoin(partyRounds, eq(partyRounds.roundId, quipflipRounds.roundId))
            .where(eq(quipflipRounds.roundId, roundId))
        )[0]
      : undefined
    const guestId = actor.kind === "guest" ? actor.guest.id : null
    return ok({ sheet: { session: facts.session, seats: facts.seats, shares, round: round ?? null, guestId, version: party.version } })
  },
})
