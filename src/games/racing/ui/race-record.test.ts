import { expect, it } from "vitest"
import type { BoardRow, LapView, RaceView } from "../view"
import { raceRecordOf } from "./race-record"

const row = (driverId: string, bestLapMs: number | null): BoardRow => ({
  driverId,
  name: driverId,
  position: 1,
  status: "CLASSIFIED",
  carModel: null,
  bestLapMs,
  bestLapNumber: null,
  lastLapMs: bestLapMs,
  lastLapColour: null,
  lapCount: 1,
  gapMs: null,
  intervalMs: null,
})

const lap = (driverId: string, lapTimeMs: number, voidReason: string | null = null): LapView => ({
  lapId: `${driverId} ${lapTimeMs}`,
  driverId,
  lapTimeMs,
  setAt: "2026-11-21T20:00:00.000Z",
  source: "HOST",
  voidReason,
})

function race(board: BoardRow[], recentLaps: LapView[]): RaceView {
  return { gameId: "g", title: "Race", track: null, status: "LIVE", createdAt: "2026-11-21T19:00:00.000Z", board, recentLaps }
}

const byBo = (view: RaceView) => ({ userId: "bo", userName: "Bo", lapTimeMs: 80_000, race: view })

it("measures against the record this screen showed before", () => {
  expect(raceRecordOf(byBo(race([row("bo", 80_000)], [])), 80_450)).toMatchObject({ name: "Bo", fasterByMs: 450 })
})

it("finds the record before in the race when the screen showed the new one already", () => {
  const board = [row("bo", 80_000), row("ann", 80_300)]
  const laps = [lap("bo", 80_000), lap("bo", 80_100), lap("bo", 80_050, "cut")]
  expect(raceRecordOf(byBo(race(board, laps)), 80_000)?.fasterByMs).toBe(100)
})

it("claims no difference that nobody knows", () => {
  expect(raceRecordOf(byBo(race([row("bo", 80_000)], [lap("bo", 80_000)])), null)?.fasterByMs).toBeNull()
})

it("makes no moment of a lap that corrects a finished race", () => {
  const view = race([row("bo", 80_000)], [])
  expect(raceRecordOf(byBo({ ...view, status: "FINISHED" }), 90_000)).toBeNull()
})

it("has the same id for the same record, and none for news without a lap", () => {
  const view = race([row("bo", 80_000)], [])
  expect(raceRecordOf(byBo(view), 90_000)?.id).toBe(raceRecordOf(byBo(view), null)?.id)
  expect(raceRecordOf({ ...byBo(view), lapTimeMs: null }, 90_000)).toBeNull()
})
