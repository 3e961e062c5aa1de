import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { Tag } from "@/ui/tag"
import { formatLapTime } from "../lap-time"
import type { BoardRow, RaceView } from "../view"
import { isolated } from "./isolated-name"

const tags: Record<RaceView["status"], string> = {
  PENDING: "Next race",
  OPEN_FOR_BETS: "Betting is open",
  LIVE: "Live",
  FINISHED: "Finished",
  VOID: "Called off",
}

/** What is going on, in one glance: the race's title, where it is, and who leads or won. */
export function PhoneRaceBanner({ race }: { race: RaceView }) {
  return (
    <header className="grid grid-cols-1 gap-2">
      <div className="flex items-center gap-2.5">
        <Tag className={classNames("shrink-0 whitespace-nowrap", race.status === "LIVE" && "lit")} look={race.status === "PENDING" || race.status === "VOID" ? "outline" : "solid"}>
          {tags[race.status]}
        </Tag>
        {race.track && <span dir="auto" className="truncate text-left text-muted">{race.track}</span>}
      </div>
      <h2 className="line-clamp-2 text-4xl break-words"><bdi>{race.title}</bdi></h2>
      <Headline race={race} />
    </header>
  )
}

function Headline({ race }: { race: RaceView }) {
  const first = leaderOf(race)
  if (race.status === "FINISHED" && first) return <Winner row={first} />
  return <p role="status" className="text-lg text-muted">{sentence(race, first)}</p>
}

function Winner({ row }: { row: BoardRow }) {
  return (
    <div role="status" className="flex animate-pop items-center gap-3 rounded-2xl bg-accent p-3 text-on-accent">
      <Avatar id={row.driverId} name={row.name} size="big" />
      <div className="grid min-w-0 flex-1 grid-cols-1">
        <span className="flex items-baseline justify-between gap-3">
          <span className="display text-xl">Winner</span>
          {row.bestLapMs !== null && <span className="numerals text-3xl">{formatLapTime(row.bestLapMs)}</span>}
        </span>
        <span dir="auto" className="line-clamp-2 text-left text-2xl leading-tight font-bold [overflow-wrap:anywhere]">{row.name}</span>
      </div>
    </div>
  )
}

function sentence(race: RaceView, first: BoardRow | undefined): string {
  const drivers = race.board.length === 1 ? "1 driver" : `${race.board.length} drivers`
  switch (race.status) {
    case "PENDING":
      return race.board.length === 0 ? "Nobody is on the grid yet." : `${drivers} on the grid.`
    case "OPEN_FOR_BETS":
      return `${drivers} on the grid. The green flag closes betting.`
    case "LIVE":
      return first?.bestLapMs ? `${isolated(first.name)} leads with ${formatLapTime(first.bestLapMs)}.` : "Green flag. No lap yet."
    case "FINISHED":
      return "Finished without a winner."
    case "VOID":
      return "Every stake went back."
  }
}

/** Who is first with a time that counts. */
export function leaderOf(race: RaceView): BoardRow | undefined {
  const first = race.board[0]
  return first?.status === "CLASSIFIED" ? first : undefined
}
