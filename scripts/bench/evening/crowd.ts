import { setTimeout as delay } from "node:timers/promises"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { seededRandom } from "@/kernel/random"
import { answerTo } from "../processes"
import type { EveningDoors, Hall } from "./browser"
import { playImposter, playQuipflip, playRaces } from "./games"
import { openNight, type NightOrder, type OpenNight } from "./night"
import { newNotes, tapToScreenMs, type Notes } from "./notes"
import { guestsOf, type EveningPlan } from "./plans"
import type { Realtime } from "./screen"
import { countTraffic, type Traffic } from "./traffic"

/** Parties with everybody in them, played from the first scan to the last result. */
export type CrowdRequest = {
  readonly webUrl: string
  readonly realtime: Realtime
  readonly doors: EveningDoors
  readonly phrases: readonly string[]
  readonly seed: number
  readonly parties: readonly { readonly partyId: string; readonly joinPin: number; readonly hostCookie: string }[]
  readonly plan: EveningPlan
  readonly arriveWithinMs: number
}

export type CrowdAnswer = {
  /** ms of each tap that was taken, from sending to the whole answer, by command. */
  readonly commandMs: Readonly<Record<string, readonly number[]>>
  /** ms from a tap to each screen of its party holding what came of it. */
  readonly toScreenMs: readonly number[]
  /** How often a screen never held what a tap brought. */
  readonly unheard: number
  /** Events that a screen heard twice. */
  readonly doubled: number
  readonly problems: readonly string[]
  readonly screens: number
  /** Deliveries: events heard by screens, each counted once a screen. */
  readonly events: number
  readonly snapshots: number
  readonly traffic: Traffic
  /** From the first scan to the last result. */
  readonly seconds: number
  /** How late the clients themselves were, ms: what they measure cannot be more exact. */
  readonly lagMs: number
}

const traffic = countTraffic()

/** Commands whose event goes to every screen of the party. */
const heardByAll = new Set([
  "joinPartyAction",
  "createRaceAction",
  "openBettingAction",
  "placeBetAction",
  "startRaceAction",
  "submitLapTimeAction",
  "settleBetsAction",
  "startImposterRoundAction",
  "openImposterVoteAction",
  "castImposterVoteAction",
  "submitSessionRoundAction",
])

answerTo<CrowdRequest, CrowdAnswer>(async (request) => {
  const lag = monitorEventLoopDelay({ resolution: 10 })
  lag.enable()
  const before = traffic()
  const began = performance.now()
  const played = await Promise.all(request.parties.map((party, index) => playParty(request, party, index)))
  const seconds = (performance.now() - began) / 1000
  lag.disable()
  const after = traffic()
  const commandMs: Record<string, number[]> = {}
  for (const { command, sentAt, answeredAt } of played.flatMap(({ notes }) => notes.taps)) {
    const list = (commandMs[command] ??= [])
    list.push(answeredAt - sentAt)
  }
  const heard = played.flatMap(({ toScreenMs }) => toScreenMs)
  const sum = (of: (one: Played) => number) => played.reduce((total, one) => total + of(one), 0)
  return {
    commandMs,
    toScreenMs: heard.filter((ms) => ms !== null),
    unheard: heard.filter((ms) => ms === null).length,
    doubled: sum(({ doubled }) => doubled),
    problems: played.flatMap(({ notes }) => notes.problems),
    screens: sum(({ screens }) => screens),
    events: sum(({ events }) => events),
    snapshots: sum(({ snapshots }) => snapshots),
    traffic: { received: after.received - before.received, sent: after.sent - before.sent },
    seconds,
    lagMs: lag.percentile(99) / 1e6,
  }
})

type Played = {
  readonly notes: Notes
  readonly toScreenMs: readonly (number | null)[]
  readonly doubled: number
  readonly screens: number
  readonly events: number
  readonly snapshots: number
}

async function playParty(request: CrowdRequest, party: CrowdRequest["parties"][number], index: number): Promise<Played> {
  const { webUrl, doors, realtime, plan, arriveWithinMs, phrases, seed } = request
  const notes = newNotes()
  const hall: Hall = { webUrl, doors, notes }
  const random = seededRandom(seed + index)
  const order: NightOrder = { ...party, guests: guestsOf(plan), arriveWithinMs }
  const night = await openNight(order, { hall, realtime, random })
  try {
    await delay(random.int(0, plan.beginWithinMs))
    await playAll(night, plan, phrases)
    await night.agree()
    return countOf(night)
  } finally {
    night.close()
    // What hangs up says so to the server; the next load is not to begin beside that.
    await delay(100)
  }
}

/** Everything that is planned, side by side, by different people. */
async function playAll(night: OpenNight, plan: EveningPlan, phrases: readonly string[]): Promise<void> {
  const { racers, players, quipflip } = plan
  const guests = night.guests
  const games: Promise<unknown>[] = []
  if (racers > 0) games.push(playRaces(night, guests.slice(0, racers), plan.races))
  if (players > 0) games.push(playImposter(night, guests.slice(racers, racers + players), plan.rounds))
  if (quipflip.sessions > 0) games.push(playQuipflip(night, guests.slice(racers + players), { ...quipflip, phrases }))
  for (const game of await Promise.allSettled(games)) {
    if (game.status === "rejected") night.hall.notes.problems.push(String(game.reason))
  }
}

function countOf(night: OpenNight): Played {
  const { notes } = night.hall
  const screens = night.screens()
  const seen = screens.map(({ sightings }) => sightings)
  const taps = notes.taps.filter(({ command }) => heardByAll.has(command))
  const times = taps.flatMap((tap) => seen.map((sightings) => tapToScreenMs(tap, sightings)))
  return {
    notes,
    toScreenMs: times.filter((ms) => ms !== undefined),
    doubled: screens.reduce((sum, screen) => sum + screen.doubled(), 0),
    screens: screens.length,
    events: seen.reduce((sum, { events }) => sum + events.size, 0),
    snapshots: screens.reduce((sum, screen) => sum + screen.snapshotsAsked(), 0),
  }
}
