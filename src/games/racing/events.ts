import * as z from "zod/mini"
import { partyEvent } from "@/realtime/event"
import { raceNews } from "./race-news"

export const racingEvents = {
  /** The board changed: a lap, a voided lap, a DNF, a driver more or less. `userId` is the driver it is about. */
  leaderboardUpdate: partyEvent(
    "sim-racing",
    "leaderboard-update",
    z.object({
      userId: z.nullable(z.string()),
      userName: z.nullable(z.string()),
      lapTimeMs: z.nullable(z.int()),
      timestamp: z.string(),
      race: raceNews,
      /** This lap is the fastest of the race so far: the "new record" moment. */
      isRecord: z.boolean(),
    }),
  ),
  /** Created, opened for bets, started, finished, void, renamed; or a lap that left the order as it was. */
  raceChanged: partyEvent("sim-racing", "race-changed", z.object({ race: raceNews })),
}
