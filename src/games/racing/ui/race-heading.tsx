import { classNames } from "@/ui/class-names"
import { Tag } from "@/ui/tag"
import type { RaceView } from "../view"

const statusWords: Record<RaceView["status"], string> = {
  PENDING: "Next up",
  OPEN_FOR_BETS: "Betting is open",
  LIVE: "Live",
  FINISHED: "Result",
  VOID: "Called off",
}

/** What is on, in words that are read across the room. */
export function RaceHeading({ race, size }: { race: RaceView; size: "full" | "compact" }) {
  const isFull = size === "full"
  return (
    <header className="flex min-w-0 items-center gap-9">
      <div role="status">
        <Tag accent={race.status === "LIVE" ? "imposter" : "racing"} className={classNames("whitespace-nowrap", isFull ? "px-6! py-3! text-7xl!" : "px-4! py-2! text-4xl!")}>
          {race.status === "LIVE" && <span aria-hidden>● </span>}
          {statusWords[race.status]}
        </Tag>
      </div>
      <div className="min-w-0">
        <h1 dir="auto" className={classNames("truncate py-1 text-left", isFull ? "text-6xl" : "text-4xl")}>{race.title}</h1>
        {race.track && <p dir="auto" className={classNames("truncate text-left text-muted", isFull ? "text-3xl" : "text-2xl")}>{race.track}</p>}
      </div>
    </header>
  )
}
