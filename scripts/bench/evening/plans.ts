import type { ThinkTime } from "../bot-table"

/** What is played in one party. Guests who race, who play Imposter and who play Quipflip are different people. */
export type EveningPlan = {
  readonly racers: number
  readonly races: RacePlan
  readonly players: number
  readonly rounds: RoundPlan
  readonly quipflip: Omit<QuipflipPlan, "phrases">
  /** Parties that are played side by side begin at moments of their own, in ms after their last guest came. */
  readonly beginWithinMs: number
}

export type RacePlan = {
  readonly races: number
  readonly drivers: number
  readonly driverEveryMs: number
  readonly betWithinMs: number
  readonly laps: number
  readonly lapEveryMs: number
}

export type RoundPlan = { readonly rounds: number; readonly talkMs: number; readonly voteWithinMs: number }

export type QuipflipPlan = { readonly sessions: number; readonly gather: ThinkTime; readonly think: ThinkTime; readonly phrases: readonly string[] }

/** How many guests a party of this plan has. */
export function guestsOf({ racers, players, quipflip }: EveningPlan): number {
  return racers + players + quipflip.sessions * 4
}

// People take minutes for what takes seconds here: a race of eight laps by eight drivers lasts a quarter of an hour.
const races: RacePlan = { races: 2, drivers: 8, driverEveryMs: 300, betWithinMs: 10_000, laps: 24, lapEveryMs: 400 }
const rounds: RoundPlan = { rounds: 2, talkMs: 1_500, voteWithinMs: 8_000 }
const gather: ThinkTime = { min: 500, max: 4_000 }
const think: ThinkTime = { min: 3_000, max: 7_000 }
const nothing: EveningPlan = {
  racers: 0,
  races,
  players: 0,
  rounds,
  quipflip: { sessions: 0, gather, think },
  beginWithinMs: 0,
}

/** Between two guests who scan a code, wherever they do, in ms: far faster than people get through a door. */
export const arriveEveryMs = 150

/** A race night: everybody bets on every race. */
export const raceNight = (racers: number): EveningPlan => ({ ...nothing, racers })
export const imposterNight = (players: number): EveningPlan => ({ ...nothing, players })
export const quipflipNight = (sessions: number): EveningPlan => ({ ...nothing, quipflip: { sessions, gather, think } })
/** Everything in one party at the same time. */
export const everythingNight = (): EveningPlan => ({ ...nothing, racers: 10, players: 5, quipflip: { sessions: 2, gather, think }, beginWithinMs: 10_000 })
