import { plain } from "@/party/ui/person-filter"
import type { DriverMapping } from "../input"
import type { ResultDriver, ResultSession } from "../result-files/result-file"

type Seat = { readonly id: string; readonly name: string }
export type DriverTarget = DriverMapping["to"]

/**
 * Who the drivers of a file are, as far as we can tell: whom they were the last time (`known`, by name in the file), else
 * a guest of the same name, else a guest whose name is one word of it when only one fits, else a seat of their own. No
 * guest is two drivers. In the order of `drivers`.
 */
export function matchDrivers(
  drivers: readonly ResultDriver[],
  guests: readonly Seat[],
  known: Readonly<Record<string, string>>,
): DriverTarget[] {
  const taken = new Set<string>()
  const found = new Map<number, string>()
  const rounds = [
    (driver: ResultDriver) => guests.filter(({ id }) => id === known[driver.name]),
    (driver: ResultDriver) => guests.filter(({ name }) => plain(name) === plain(driver.name)),
    (driver: ResultDriver) => guests.filter(({ name }) => shareWord(name, driver.name)),
  ]
  for (const candidatesOf of rounds) {
    for (const [place, driver] of drivers.entries()) {
      if (found.has(place)) continue
      const candidates = candidatesOf(driver).filter(({ id }) => !taken.has(id))
      const [only] = candidates
      if (!only || candidates.length > 1) continue
      found.set(place, only.id)
      taken.add(only.id)
    }
  }
  return drivers.map((_driver, place) => {
    const guestId = found.get(place)
    return guestId ? { kind: "GUEST", guestId } : { kind: "NEW_SEAT" }
  })
}

/** The session a host most likely means: the race, else the one in which most drivers set a time. */
export function likeliestSession(sessions: readonly ResultSession[]): number {
  const timed = (session: ResultSession) => session.drivers.filter(({ bestLapMs }) => bestLapMs !== null).length
  const worth = (session: ResultSession) => timed(session) + (session.kind === "RACE" && timed(session) > 0 ? 1000 : 0)
  const most = Math.max(...sessions.map(worth))
  return Math.max(0, sessions.findIndex((session) => worth(session) === most))
}

/** "Ann" and "Ann Berg" share a word; single letters are initials and prove nothing. */
function shareWord(a: string, b: string): boolean {
  const words = new Set(wordsOf(a))
  return wordsOf(b).some((word) => words.has(word))
}

function wordsOf(name: string): string[] {
  return plain(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1)
}
