import { seededRandom } from "@/kernel/random"
import { newNotes } from "../evening/notes"
import { tapId, type EveningDoors } from "../evening/browser"
import { playImposter, playQuipflip, playRaces } from "../evening/games"
import { openNight, type NightOrder, type OpenNight } from "../evening/night"
import type { QuipflipPlan, RacePlan, RoundPlan } from "../evening/plans"
import type { Realtime } from "../evening/screen"
import { answerTo } from "../processes"

/** A party that goes on for as long as it is asked for one more turn. */
export type SoakRequest =
  | { readonly open: { readonly webUrl: string; readonly realtime: Realtime; readonly doors: EveningDoors; readonly phrases: readonly string[]; readonly order: NightOrder } }
  /** A race, a round of Imposter and a session of Quipflip, side by side. */
  | { readonly turn: number }
  | { readonly close: true }

export type SoakAnswer = { readonly commandMs: readonly number[]; readonly problems: readonly string[] }

const races: RacePlan = { races: 1, drivers: 6, driverEveryMs: 100, betWithinMs: 5_000, laps: 18, lapEveryMs: 400 }
const rounds: RoundPlan = { rounds: 1, talkMs: 2_000, voteWithinMs: 5_000 }
// A guest may open five sessions an hour: with one a turn, all 24 in turn, that is enough for 120 turns.
const quipflip: Omit<QuipflipPlan, "phrases"> = { sessions: 1, gather: { min: 500, max: 2_000 }, think: { min: 1_000, max: 3_000 } }
const racers = 14
const players = 6

/** Below this a guest gets some more: it is the machine that is to be worn out, not the purse. */
const fewestCoins = 400

type Table = { readonly night: OpenNight; readonly phrases: readonly string[] }
let table: Table | undefined

answerTo<SoakRequest, SoakAnswer>(async (request) => {
  if ("open" in request) {
    const { webUrl, realtime, doors, phrases, order } = request.open
    const night = await openNight(order, { hall: { webUrl, doors, notes: newNotes() }, realtime, random: seededRandom(1) })
    table = { night, phrases }
    return answerOf(night)
  }
  if (!table) throw new Error("nobody has opened the night")
  if ("turn" in request) await playTurn(table, request.turn)
  else table.night.close()
  return answerOf(table.night)
})

async function playTurn({ night, phrases }: Table, turn: number): Promise<void> {
  await fillPurses(night)
  const { guests } = night
  // Everybody plays everything in the course of the evening.
  const seats = guests.map((_, seat) => guests[(seat + turn * 5) % guests.length]).filter((guest) => guest !== undefined)
  const games = await Promise.allSettled([
    playRaces(night, seats.slice(0, racers), races),
    playImposter(night, seats.slice(racers, racers + players), rounds),
    playQuipflip(night, seats.slice(racers + players), { ...quipflip, phrases }),
  ])
  for (const game of games) if (game.status === "rejected") night.hall.notes.problems.push(String(game.reason))
  await night.agree()
}

async function fillPurses({ host, guests }: OpenNight): Promise<void> {
  for (const { id, screen } of guests) {
    const coins = screen.night()?.me?.walletBalance ?? 0
    if (coins < fewestCoins) await host.act("grantCoinsAction", id, 1_000, "For another hour", tapId())
  }
}

/** What happened since the last answer. */
function answerOf(night: OpenNight): SoakAnswer {
  const { taps, problems } = night.hall.notes
  const answer = { commandMs: taps.map(({ sentAt, answeredAt }) => answeredAt - sentAt), problems: [...problems] }
  taps.length = 0
  problems.length = 0
  for (const screen of night.screens()) screen.forget()
  return answer
}
