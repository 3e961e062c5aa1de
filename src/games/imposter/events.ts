import * as z from "zod/mini"
import { hostEvent, partyEvent } from "@/realtime/event"
import { roundView, settingsView } from "./view"

/** No payload here has a word, a hint or a role before the round is revealed [IMP-4]. */
export const imposterEvents = {
  /** Ids, counts and instants only. Each player's phone then fetches its own card. */
  roundStarted: partyEvent("imposter-game", "round-started", z.object({ playerCount: z.int(), round: roundView })),
  /** A call for the vote, the vote, who has voted, a revote, a leaver, the warning; after the reveal the guess. */
  roundChanged: partyEvent("imposter-game", "round-changed", z.object({ round: roundView })),
  roundRevealed: partyEvent("imposter-game", "round-revealed", z.object({ round: roundView })),
  imposterSettingsChanged: hostEvent("imposter-settings-changed", z.object({ settings: settingsView })),
}
