import type { GuestView } from "@/party/view"
import type { Person } from "@/party/ui/person-filter"
import { formatLapTime } from "../lap-time"
import type { RaceView } from "../view"

/** Who may have driven a lap: the drivers of the race by position, then everybody else who is here. */
export function lapDrivers(race: RaceView | null, guests: readonly GuestView[]): Person[] {
  const drivers = (race?.board ?? []).map((row) => ({
    id: row.driverId,
    name: row.name,
    number: row.position,
    note: row.bestLapMs === null ? `P${row.position}` : `P${row.position} · ${formatLapTime(row.bestLapMs)}`,
  }))
  const isDriving = new Set(drivers.map(({ id }) => id))
  const others = guests.filter(({ id, isKicked }) => !isKicked && !isDriving.has(id))
  return [...drivers, ...others.map(({ id, name }) => ({ id, name, note: "not in yet" }))]
}

/** The driver before or after this one, round and round; the first one when this one is not there. */
export function driverBeside(people: readonly Person[], id: string | null, step: 1 | -1): Person | null {
  const at = people.findIndex((person) => person.id === id)
  if (at < 0) return people[0] ?? null
  return people[(at + step + people.length) % people.length] ?? null
}
