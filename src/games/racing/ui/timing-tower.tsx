"use client"

import { useState } from "react"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { FlipList, FlipRow } from "@/ui/flip-list"
import { LapMark, type LapColour } from "@/ui/lap-mark"
import { formatGap, formatLapTime } from "../lap-time"
import type { BoardRow, RaceView } from "../view"
import { firstPlaces, nextPlaces } from "./place-changes"
import { towerPage } from "./tower-page"

type TimingTowerProps = {
  race: RaceView
  /** compact: half a screen wide, without interval and last lap. */
  size: "full" | "compact"
  /** By the server's clock: turns the pages of a long board. */
  nowMs: number
  /** Driver → what one coin would pay as text; there while betting is open. */
  odds?: ReadonlyMap<string, string> | null
}

const rowLimits = { full: 12, compact: 9 }
/** With so few rows on the whole screen each is tall, and names have two lines. */
const mostRoomyRows = 6

/** The timing tower of the TV: rows glide when somebody overtakes. */
export function TimingTower({ race, size, nowMs, odds = null }: TimingTowerProps) {
  const gained = useGainedPlaces(race)
  const { rows, caption } = towerPage(race.board, rowLimits[size], nowMs)
  const isRoomy = size === "full" && odds === null && rows.length <= mostRoomyRows
  const columns = isRoomy ? roomyColumns : columnsOf(size, odds !== null)
  return (
    <section aria-label={`Timing of ${race.title}`} className="grid h-full min-h-0 grid-rows-[auto_minmax(0,1fr)_auto] gap-2">
      <TowerHead size={size} hasOdds={odds !== null} columns={columns} />
      <FlipList label="Order" className={classNames("grid content-start gap-1.5", isRoomy ? roomyRows(rows.length) : "auto-rows-[minmax(3.5rem,5rem)]")}>
        {rows.map((row) => (
          <FlipRow key={row.driverId} className={classNames("grid items-center gap-x-4 rounded-xl px-4", columns, rowLook(row))}>
            <TowerCells row={row} size={size} isRoomy={isRoomy} gained={gained.get(row.driverId) ?? 0} odds={odds} />
          </FlipRow>
        ))}
      </FlipList>
      {caption && <p className="text-right text-2xl text-muted">{caption}</p>}
    </section>
  )
}

function useGainedPlaces(race: RaceView): ReadonlyMap<string, number> {
  const [places, setPlaces] = useState(() => ({ gameId: race.gameId, ...firstPlaces(race.board) }))
  const next = places.gameId === race.gameId ? nextPlaces(places, race.board) : firstPlaces(race.board)
  if (next === places) return places.gained
  setPlaces({ gameId: race.gameId, ...next })
  return next.gained
}

const roomyColumns = "grid-cols-[4rem_3rem_4rem_minmax(0,1fr)_11rem_9rem_9rem_11rem]"

function roomyRows(count: number): string {
  if (count <= 3) return "auto-rows-[minmax(3.5rem,10.5rem)]"
  return count === 4 ? "auto-rows-[minmax(3.5rem,8rem)]" : "auto-rows-[minmax(3.5rem,6.5rem)]"
}

function columnsOf(size: "full" | "compact", hasOdds: boolean): string {
  if (size === "compact") {
    return hasOdds
      ? "grid-cols-[3rem_2.75rem_2.75rem_minmax(0,1fr)_8.5rem_6rem]"
      : "grid-cols-[3rem_2.75rem_2.75rem_minmax(0,1fr)_8.5rem_9rem]"
  }
  return hasOdds
    ? "grid-cols-[3.5rem_3rem_2.75rem_minmax(0,1fr)_9.5rem_9rem_9rem_11rem_6rem]"
    : "grid-cols-[3.5rem_3rem_2.75rem_minmax(0,1fr)_9.5rem_9rem_9rem_11rem]"
}

function TowerHead({ size, hasOdds, columns }: { size: "full" | "compact"; hasOdds: boolean; columns: string }) {
  const isFull = size === "full"
  return (
    <div aria-hidden className={classNames("grid gap-x-4 px-4 text-2xl text-muted", columns)}>
      <span className="col-span-4">Driver</span>
      <span className="text-right">Best</span>
      {(isFull || !hasOdds) && <span className="text-right">Gap</span>}
      {isFull && <span className="text-right">Interval</span>}
      {isFull && <span className="text-right">Last</span>}
      {hasOdds && <span className="text-right">Odds</span>}
    </div>
  )
}

type CellsProps = { row: BoardRow; size: "full" | "compact"; isRoomy: boolean; gained: number; odds: ReadonlyMap<string, string> | null }

function TowerCells({ row, size, isRoomy, gained, odds }: CellsProps) {
  const isFull = size === "full"
  return (
    <>
      <span className={classNames("numerals", isRoomy ? "text-7xl" : "text-5xl")}>{row.status === "CLASSIFIED" ? row.position : "–"}</span>
      <PlaceArrow gained={row.status === "CLASSIFIED" ? gained : 0} />
      <Avatar id={row.driverId} name={row.name} className={isRoomy ? "size-16!" : undefined} />
      <Driver row={row} isRoomy={isRoomy} />
      <BestTime row={row} isRoomy={isRoomy} />
      {(isFull || odds === null) && <Gap ms={row.gapMs} isLeader={isLeader(row)} words="leader" />}
      {isFull && <Gap ms={row.intervalMs} isLeader={isLeader(row)} words="" />}
      {isFull && <LastLap key={row.lapCount} row={row} />}
      {odds && <span className="numerals text-right text-4xl text-coins-text">{odds.get(row.driverId) ?? "–"}</span>}
    </>
  )
}

function Driver({ row, isRoomy }: { row: BoardRow; isRoomy: boolean }) {
  return (
    <span className="grid min-w-0">
      <span dir="auto" className={classNames("text-left font-bold", isRoomy ? "line-clamp-2 text-4xl leading-tight" : classNames("truncate text-3xl", row.carModel ? "leading-[1.15]" : "leading-normal"))}>{row.name}</span>
      {row.carModel && <span dir="auto" className="truncate text-left text-xl leading-[1.15] text-muted">{row.carModel}</span>}
    </span>
  )
}

function PlaceArrow({ gained }: { gained: number }) {
  if (gained === 0) return <span />
  const isUp = gained > 0
  const places = Math.abs(gained)
  return (
    <span key={gained} className={classNames("numerals inline-block animate-pop text-3xl", isUp ? "text-lap-green" : "text-danger-text")}>
      <span aria-hidden>{isUp ? "▲" : "▼"}{places}</span>
      <span className="sr-only">{`${isUp ? "up" : "down"} ${places}`}</span>
    </span>
  )
}

function BestTime({ row, isRoomy }: { row: BoardRow; isRoomy: boolean }) {
  if (row.status === "DNF") return <span className="display text-right text-4xl text-danger-text">DNF</span>
  if (row.bestLapMs === null) return <span className="text-right text-2xl text-muted">no time</span>
  return <span className={classNames("numerals text-right", isRoomy ? "text-5xl" : "text-4xl", isLeader(row) && "text-accent-text")}>{formatLapTime(row.bestLapMs)}</span>
}

function Gap({ ms, isLeader, words }: { ms: number | null; isLeader: boolean; words: string }) {
  if (isLeader) return <span className="text-right text-2xl text-muted">{words}</span>
  return <span className="numerals text-right text-4xl">{ms === null ? "" : formatGap(ms)}</span>
}

const lapColours: Record<NonNullable<BoardRow["lastLapColour"]>, LapColour> = { PURPLE: "purple", GREEN: "green", YELLOW: "yellow" }

function LastLap({ row }: { row: BoardRow }) {
  if (row.lastLapMs === null || row.lastLapColour === null) return <span />
  return (
    <span className="animate-pop text-right">
      <LapMark colour={lapColours[row.lastLapColour]} className="text-4xl">{formatLapTime(row.lastLapMs)}</LapMark>
    </span>
  )
}

function isLeader(row: BoardRow): boolean {
  return row.position === 1 && row.status === "CLASSIFIED"
}

function rowLook(row: BoardRow): string {
  if (isLeader(row)) return "bg-raised shadow-[inset_0.5rem_0_0_var(--accent)]"
  return row.status === "CLASSIFIED" ? "bg-surface" : "bg-surface/60"
}
