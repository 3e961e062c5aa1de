import { formatLapTime } from "@/games/racing/lap-time"
import type { RaceView } from "@/games/racing/view"
import { Tag } from "@/ui/tag"

const ahead = 3

/** A race under something else: what it is and who leads. */
export function RaceStrip({ race }: { race: RaceView }) {
  const leaders = race.board.filter(({ bestLapMs }) => bestLapMs !== null).slice(0, ahead)
  return (
    <section aria-label="Race" data-accent="racing" className="flex min-w-0 items-center gap-8 rounded-2xl border-4 border-line px-6 py-3">
      <Tag className="shrink-0 text-4xl! whitespace-nowrap">{race.status === "LIVE" ? "Live" : "Betting is open"}</Tag>
      <p dir="auto" className="min-w-0 shrink truncate text-3xl font-semibold">{race.title}</p>
      <ol aria-label="Ahead" className="ml-auto flex shrink-0 items-center gap-10">
        {leaders.map((row) => (
          <li key={row.driverId} className="flex items-baseline gap-4">
            <span className="numerals text-5xl text-accent-text">{row.position}</span>
            <span dir="auto" className="max-w-64 truncate text-3xl leading-tight font-bold">{row.name}</span>
            <span className="numerals text-5xl">{row.bestLapMs !== null && formatLapTime(row.bestLapMs)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
