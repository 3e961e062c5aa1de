import { formatLapTime } from "../lap-time"
import type { RaceView } from "../view"
import { isolated } from "./isolated-name"
import { PhoneBoard } from "./phone-board"
import { leaderOf } from "./phone-race-banner"

/** The races that ended, folded: the winner at once, the order on a tap. */
export function EarlierRaces({ races, guestId }: { races: readonly RaceView[]; guestId: string }) {
  if (races.length === 0) return null
  return (
    <section aria-labelledby="earlier-races" className="mt-4 grid grid-cols-1 gap-2">
      <h2 id="earlier-races" className="text-2xl">Earlier tonight</h2>
      {races.map((race) => (
        <details key={race.gameId} className="group rounded-2xl border-2 border-line bg-surface">
          <summary className="flex min-h-13 cursor-pointer list-none items-center gap-3 px-4 py-2">
            <span className="min-w-0 flex-1">
              <span dir="auto" className="block truncate text-left font-semibold">{race.title}</span>
              <span className="block truncate text-muted">{outcomeOf(race)}</span>
            </span>
            <span aria-hidden className="text-2xl text-muted transition-transform group-open:rotate-90">›</span>
          </summary>
          <div className="p-2 pt-0"><PhoneBoard race={race} guestId={guestId} /></div>
        </details>
      ))}
    </section>
  )
}

function outcomeOf(race: RaceView): string {
  const winner = leaderOf(race)
  if (race.status === "VOID") return "Called off"
  return winner?.bestLapMs ? `${isolated(winner.name)} won with ${formatLapTime(winner.bestLapMs)}` : "No winner"
}
