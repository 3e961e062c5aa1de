import { z } from "zod"
import { oddsModeInput } from "@/betting/input"

const raceId = z.uuid("That race does not exist.")
const driverId = z.uuid("That driver does not exist.")
const shortText = (what: string, limit: number) =>
  z.string().trim().max(limit, `${what} can have ${limit} characters.`)

export const createRaceInput = z.object({
  title: shortText("The title", 60).optional(),
  track: shortText("The track", 60).optional(),
})
export const raceInput = z.object({ gameId: raceId })
export const openBettingInput = z.object({ gameId: raceId, oddsMode: oddsModeInput.default("FIXED") })
export const registerDriverInput = z.object({
  /** Left out: the one unfinished race. */
  gameId: raceId.optional(),
  /** Left out: the guest who asks. */
  driverId: driverId.optional(),
})
export const addDriverSeatInput = z.object({
  name: z.string("Type a name.").max(400, "That name is too long."),
  gameId: raceId.optional(),
})
export const raceDriverInput = z.object({ gameId: raceId, driverId })
export const submitLapTimeInput = z.object({
  timeText: z.string("Type a lap time, for example 1:24.500.").max(40, "That is no lap time. Example: 1:24.500"),
  carModel: shortText("The car", 60).optional(),
  track: shortText("The track", 60).optional(),
  /** Left out: the guest who asks times themself. */
  driverId: driverId.optional(),
  gameId: raceId.optional(),
})
export const voidLapInput = z.object({
  lapId: z.uuid("That lap does not exist."),
  reason: shortText("The reason", 80).min(1, "Say why the lap does not count."),
})
export const lapInput = z.object({ lapId: z.uuid("That lap does not exist.") })
export const setDnfInput = z.object({ gameId: raceId, driverId, isDnf: z.boolean() })
export const leaderboardInput = z.object({ gameId: raceId.optional() })

const resultFile = z.instanceof(Uint8Array, { error: "Choose a result file." })

export const resultFileInput = z.object({ file: resultFile })

/** One driver of the chosen session, by place in the file, and who that is: a guest, a new seat, or nobody. */
const mappedDriver = z.object({
  driver: z.int().min(0),
  to: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("GUEST"), guestId: driverId }),
    z.object({ kind: z.literal("NEW_SEAT") }),
    z.object({ kind: z.literal("NOBODY") }),
  ]),
})

export const importResultFileInput = z.object({
  file: resultFile,
  gameId: raceId.optional(),
  /** Which session of the file, counted from 0. */
  session: z.int().min(0),
  drivers: z.array(mappedDriver).max(200, "A race has at most 200 drivers."),
})

export type DriverMapping = z.infer<typeof mappedDriver>
