import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { formatGap, formatLapTime } from "../lap-time"
import type { BoardRow, RaceView } from "../view"

// Second, first, third from left to right; the winner comes last.
const steps = [
  { place: 2, height: "h-60", delayMs: 350, order: "order-1" },
  { place: 1, height: "h-[22rem]", delayMs: 800, order: "order-2" },
  { place: 3, height: "h-44", delayMs: 0, order: "order-3" },
] as const

/** The first three of a finished race. */
export function Podium({ race }: { race: RaceView }) {
  const classified = race.board.filter(({ status }) => status === "CLASSIFIED")
  const [winner] = classified
  const byPlace = steps.toSorted((a, b) => a.place - b.place)
  return (
    <section aria-label="Podium" className="grid min-h-0 content-end">
      <ol className="grid grid-cols-3 items-end gap-5">
        {byPlace.map(({ place, height, delayMs, order }) => {
          const row = classified[place - 1]
          return (
            <li key={place} className={classNames("grid min-w-0 content-end", order)}>
              {row && winner && <Step row={row} place={place} height={height} delayMs={delayMs} winner={winner} />}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

type StepProps = { row: BoardRow; place: number; height: string; delayMs: number; winner: BoardRow }

function Step({ row, place, height, delayMs, winner }: StepProps) {
  const isFirst = place === 1
  return (
    <div className="grid min-w-0 animate-rise gap-4" style={{ animationDelay: `${delayMs}ms` }}>
      <div className="grid min-w-0 justify-items-center gap-3">
        <Avatar id={row.driverId} name={row.name} className={isFirst ? "size-52!" : "size-36!"} />
        <p dir="auto" className={classNames("display line-clamp-2 max-w-full pt-1 pb-3 text-center leading-[1.05] text-balance [overflow-wrap:anywhere]", nameSize(row.name, isFirst), isFirst && "text-accent-text")}>{row.name}</p>
        {row.carModel && <p dir="auto" className="max-w-full truncate text-2xl text-muted">{row.carModel}</p>}
      </div>
      <div className={classNames("grid content-start justify-items-center gap-2 rounded-t-2xl pt-5", height, isFirst ? "bg-accent text-on-accent" : "bg-raised")}>
        <p className={classNames("numerals", isFirst ? "text-[10rem]" : "text-7xl")}><span className="sr-only">Place </span>{place}</p>
        <p className={classNames("numerals", isFirst ? "text-8xl" : "text-6xl")}>{timeOf(row, winner)}</p>
      </div>
    </div>
  )
}

/** Two lines hold every name; a long one is smaller, so that its words stay whole. */
function nameSize(name: string, isFirst: boolean): string {
  const letters = Array.from(name).length
  if (isFirst) return letters > 10 ? "text-7xl" : "text-8xl"
  return letters > 14 ? "text-5xl" : "text-6xl"
}

function timeOf(row: BoardRow, winner: BoardRow): string {
  if (row.bestLapMs === null) return ""
  if (row === winner || winner.bestLapMs === null) return formatLapTime(row.bestLapMs)
  return formatGap(row.bestLapMs - winner.bestLapMs)
}
