import * as z from "zod/mini"

export const lapColour = z.enum(["PURPLE", "GREEN", "YELLOW"])

/** One row of the timing tower. Milliseconds. */
export const boardRow = z.object({
  driverId: z.string(),
  name: z.string(),
  position: z.int(),
  status: z.enum(["CLASSIFIED", "NO_TIME", "DNF"]),
  carModel: z.nullable(z.string()),
  bestLapMs: z.nullable(z.int()),
  /** Of two equal times the one with the smaller number is ahead [RAC-16]. */
  bestLapNumber: z.nullable(z.int()),
  lastLapMs: z.nullable(z.int()),
  lastLapColour: z.nullable(lapColour),
  lapCount: z.int(),
  gapMs: z.nullable(z.int()),
  intervalMs: z.nullable(z.int()),
})
export type BoardRow = z.infer<typeof boardRow>

/** A lap as it was entered. ISO instant; milliseconds. */
export const lapView = z.object({
  lapId: z.string(),
  driverId: z.string(),
  lapTimeMs: z.int(),
  setAt: z.string(),
  source: z.enum(["HOST", "DRIVER", "FILE"]),
  voidReason: z.nullable(z.string()),
})
export type LapView = z.infer<typeof lapView>

/** A race with its leaderboard: what every phone, the TV and race control show. */
export const raceView = z.object({
  gameId: z.string(),
  title: z.string(),
  track: z.nullable(z.string()),
  status: z.enum(["PENDING", "OPEN_FOR_BETS", "LIVE", "FINISHED", "VOID"]),
  createdAt: z.string(),
  board: z.array(boardRow),
  /** The newest laps first, at most eight, voided ones included. */
  recentLaps: z.array(lapView),
})
export type RaceView = z.infer<typeof raceView>
