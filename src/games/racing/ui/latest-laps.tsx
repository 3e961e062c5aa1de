import { Avatar } from "@/ui/avatar"
import { FlipList, FlipRow } from "@/ui/flip-list"
import { formatLapTime } from "../lap-time"
import type { RaceView } from "../view"

/** As many as stand side by side under the tower. */
const mostShown = 4

/** The laps just driven, newest first: what there is to look at while few drivers leave the screen empty. */
export function LatestLaps({ race }: { race: RaceView }) {
  const nameOf = new Map(race.board.map(({ driverId, name }) => [driverId, name]))
  const laps = race.recentLaps.filter(({ voidReason }) => voidReason === null).slice(0, mostShown)
  if (laps.length === 0) return null
  return (
    <section aria-label="Latest laps" className="grid gap-3">
      <h2 className="text-4xl">Latest laps</h2>
      <FlipList label="Laps, newest first" className="grid grid-cols-4 gap-3">
        {laps.map((lap) => (
          <FlipRow key={lap.lapId} className="grid animate-pop grid-cols-[2.75rem_minmax(0,1fr)] items-center gap-x-3 rounded-xl bg-surface px-4 py-3">
            <Avatar id={lap.driverId} name={nameOf.get(lap.driverId) ?? ""} />
            <span dir="auto" className="truncate text-left text-2xl leading-normal font-bold">{nameOf.get(lap.driverId)}</span>
            <span className="numerals col-span-full pt-1 text-6xl">{formatLapTime(lap.lapTimeMs)}</span>
          </FlipRow>
        ))}
      </FlipList>
    </section>
  )
}
