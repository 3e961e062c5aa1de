import * as z from "zod/mini"
import { hostEvent, partyEvent } from "@/realtime/event"
import { roundInBrief } from "./round-in-brief"
import { settingsView } from "./view"

/** No payload here has a word, a hint or a role before the round is revealed [IMP-4]. Who plays is told once, at the start [IMP-19]. */
export const imposterEvents = {
  /** Ids, counts and instants only; `playerIds` in the order round the table. Each player's phone then fetches its own card. */
  roundStarted: partyEvent(
    "imposter-game",
    "round-started",
    z.object({ playerCount: z.int(), playerIds: z.array(z.string()), round: roundInBrief }),
  ),
  /** A call for the vote, the vote, who has voted, a revote, a leaver, the warning; after the reveal the guess. */
  roundChanged: partyEvent("imposter-game", "round-changed", z.object({ round: roundInBrief })),
  roundRevealed: partyEvent("imposter-game", "round-revealed", z.object({ round: roundInBrief })),
  imposterSettingsChanged: hostEvent("imposter-settings-changed", z.object({ settings: settingsView })),
}
