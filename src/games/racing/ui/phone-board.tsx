import { classNames } from "@/ui/class-names"
import { Avatar } from "@/ui/avatar"
import { FlipList, FlipRow } from "@/ui/flip-list"
import { LapMark, type LapColour } from "@/ui/lap-mark"
import { Tag } from "@/ui/tag"
import { formatGap, formatLapTime } from "../lap-time"
import type { BoardRow, RaceView } from "../view"

/** The order of a race for one hand: rows glide when somebody overtakes, the own row is lit. */
export function PhoneBoard({ race, guestId }: { race: RaceView; guestId: string }) {
  // Before the green flag the order is only the alphabet's.
  const hasStarted = race.status !== "PENDING" && race.status !== "OPEN_FOR_BETS"
  return (
    <FlipList label={`Order of ${race.title}`} className="grid grid-cols-1 gap-1.5">
      {race.board.map((row) => (
        <FlipRow key={row.driverId}><PhoneBoardRow row={row} hasStarted={hasStarted} isMe={row.driverId === guestId} /></FlipRow>
      ))}
    </FlipList>
  )
}

function PhoneBoardRow({ row, hasStarted, isMe }: { row: BoardRow; hasStarted: boolean; isMe: boolean }) {
  const isLeader = row.position === 1 && row.status === "CLASSIFIED"
  return (
    <div
      className={classNames(
        "grid min-h-16 grid-cols-[2rem_auto_minmax(0,1fr)_auto] items-center gap-x-2.5 rounded-xl border-2 px-2.5 py-1.5",
        isMe ? "border-accent bg-raised" : "border-line bg-surface",
      )}
    >
      <span className={classNames("numerals text-center text-4xl", isLeader ? "text-accent-text" : "text-ink")}>{hasStarted && row.status === "CLASSIFIED" ? row.position : <span aria-hidden>{hasStarted ? "–" : "·"}</span>}</span>
      <Avatar id={row.driverId} name={row.name} size="small" />
      <div className="grid min-w-0 grid-cols-1">
        <span dir="auto" className="truncate text-left text-lg leading-tight font-semibold">{row.name}{isMe && <span className="sr-only"> (you)</span>}</span>
        {hasStarted && <LastLap row={row} />}
      </div>
      <div className="grid justify-items-end gap-1">
        {row.bestLapMs !== null && (
          <span className={classNames("numerals text-2xl", row.status === "DNF" && "text-muted line-through")}>
            <span className="sr-only">best lap </span>{formatLapTime(row.bestLapMs)}
          </span>
        )}
        <Standing row={row} isLeader={isLeader} />
      </div>
    </div>
  )
}

const lapColours: Record<NonNullable<BoardRow["lastLapColour"]>, LapColour> = { PURPLE: "purple", GREEN: "green", YELLOW: "yellow" }

function LastLap({ row }: { row: BoardRow }) {
  if (row.lastLapMs === null || row.lastLapColour === null) return <span className="text-base leading-tight text-muted">No lap yet</span>
  return (
    <span className="text-lg leading-tight whitespace-nowrap">
      <span className="sr-only">last lap </span>
      <LapMark colour={lapColours[row.lastLapColour]}>{formatLapTime(row.lastLapMs)}</LapMark>
    </span>
  )
}

function Standing({ row, isLeader }: { row: BoardRow; isLeader: boolean }) {
  if (row.status === "DNF") return <Tag accent="imposter" className="text-base!">DNF</Tag>
  if (isLeader) return <span className="display text-base text-accent-text">Leader</span>
  if (row.gapMs === null) return null
  return <span className="numerals text-lg text-muted"><span className="sr-only">gap </span>{formatGap(row.gapMs)}</span>
}
