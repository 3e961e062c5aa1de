import { isOver } from "./round-clock"
import { isOpenSet, runningOf, type EngineRound, type Sheet } from "./round-sheet"
import type { Ending } from "./round-steps"

/** What the clock has to do outside sessions: rounds to end and sets to make final, in this order. */
export type SoloDue = { readonly endings: readonly Ending[]; readonly finals: readonly Sheet[] }

/** @param live everything that is not over, see `liveSheets` [QF-N5] [QF-N7] [QF-E12]. */
export function soloDue(live: readonly Sheet[], now: Date, isPartyOver: boolean): SoloDue {
  if (isPartyOver) {
    const endings = live.filter(({ set }) => set === null).flatMap((sheet) => endAll(sheet))
    return { endings, finals: live.filter(isOpenSet) }
  }
  return {
    endings: live.flatMap((sheet) =>
      runningOf(sheet)
        .filter((round) => isTimedOut(sheet, round, now))
        .map((round) => ({ round, sheet, reason: "TIMED_OUT" as const })),
    ),
    finals: live.filter((sheet) => isOpenSet(sheet) && isFinalAt(sheet, now)),
  }
}

function endAll(sheet: Sheet): Ending[] {
  return [sheet.prompt, ...sheet.copies].map((round) => ({ round, sheet, reason: "PARTY_ENDED" }))
}

/** Whoever looks late: a vote whose set was final before its time was up did not come too late [QF-E11]. */
function isTimedOut({ set }: Sheet, { roundType, expiresAt }: EngineRound, now: Date): boolean {
  const finalAt = roundType === "VOTE" ? (set?.finalAt ?? null) : null
  const looked = finalAt !== null && finalAt.getTime() < now.getTime() ? finalAt : now
  return isOver(expiresAt, looked)
}

function isFinalAt({ set }: Sheet, now: Date): boolean {
  return set !== null && set.finalAt !== null && set.finalAt.getTime() <= now.getTime()
}
