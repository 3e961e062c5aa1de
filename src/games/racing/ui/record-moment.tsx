"use client"

import { useEffect, useRef } from "react"
import { useMoment, useNight } from "@/live/use-night"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { useForAWhile } from "@/ui/use-for-a-while"
import { formatLapTime } from "../lap-time"
import { bestOf, raceRecordOf, type RaceRecord } from "./race-record"

const shownMs = 8000

/** Full-width for some seconds when somebody drives the fastest lap of a race. */
export function RecordMoment() {
  const record = useRaceRecord()
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-0 top-1/2 z-30 -translate-y-1/2">
      {record && <RecordBand key={record.id} record={record} />}
    </div>
  )
}

function RecordBand({ record }: { record: RaceRecord }) {
  return (
    <div className="animate-rise bg-lap-purple py-8 text-ground shadow-[0_0_8rem_3rem_rgb(7_11_24_/_0.85)]">
      <div className="mx-auto grid max-w-[112rem] grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-10 px-12">
        <Avatar id={record.driverId} name={record.name} className="size-44! animate-pop" />
        <div className="grid min-w-0 gap-2">
          <p className="display text-6xl"><span aria-hidden>★ </span>New record</p>
          <p dir="auto" className={classNames("display line-clamp-2 py-2 text-left [overflow-wrap:anywhere]", Array.from(record.name).length > 14 ? "text-7xl" : "text-9xl")}>{record.name}</p>
        </div>
        <div className="grid justify-items-end gap-2">
          <p className="numerals text-[11rem]">{formatLapTime(record.lapTimeMs)}</p>
          {record.fasterByMs !== null && (
            <p className="text-4xl font-bold">
              <span className="numerals text-6xl">{formatLapTime(record.fasterByMs)}</span> faster
            </p>
          )}
        </div>
      </div>
    </div>
  )
}

function useRaceRecord(): RaceRecord | null {
  const { night } = useNight()
  const [record, setRecord] = useForAWhile<RaceRecord>(shownMs)
  const bestBefore = useRef(new Map<string, number | null>())
  const lastId = useRef<string | null>(null)

  // A moment is told before React has drawn the picture that has it: until then this holds the record before.
  useEffect(() => {
    bestBefore.current = new Map(night.races.map((race) => [race.gameId, bestOf(race)]))
  }, [night.races])

  useMoment((moment, { races }) => {
    if (moment.kind !== "leaderboardUpdate") return
    const { gameId } = moment.payload.race
    const race = races.find((shown) => shown.gameId === gameId)
    const next = race && raceRecordOf({ ...moment.payload, race }, bestBefore.current.get(gameId) ?? null)
    if (!next || next.id === lastId.current) return
    lastId.current = next.id
    setRecord(next)
  })

  return record
}
