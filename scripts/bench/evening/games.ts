import { setTimeout as delay } from "node:timers/promises"
import { hasEnded } from "@/games/racing/race-status"
import type { RaceView } from "@/games/racing/view"
import { createBotTable, sessionActions, type SessionDoors, type TableReport } from "../bot-table"
import type { QuipflipPlan, RacePlan, RoundPlan } from "./plans"
import { tapId, type Browser } from "./browser"
import type { Guest, OpenNight } from "./night"
import { until } from "./screen"

/** Races with bets: everybody stakes while betting is open, laps come in one after another, the winner's backers are paid. */
export async function playRaces({ host, random, hall }: OpenNight, guests: readonly Guest[], plan: RacePlan): Promise<void> {
  const drivers = guests.slice(0, plan.drivers)
  for (let race = 0; race < plan.races; race++) {
    const { gameId } = (await host.act("createRaceAction", undefined, undefined, tapId())) as unknown as { gameId: string }
    for (const { id } of drivers) {
      await delay(plan.driverEveryMs)
      await host.act("registerDriverAction", id, gameId)
    }
    await host.act("openBettingAction", gameId, "PARIMUTUEL")
    await Promise.all(
      guests.map(async (guest) => {
        await delay(random.int(0, plan.betWithinMs))
        const others = drivers.filter(({ id }) => id !== guest.id)
        const target = others[random.int(0, others.length - 1)]
        await guest.browser.act("placeBetAction", target?.id, 10, gameId, tapId())
      }),
    )
    await host.act("startRaceAction", gameId)
    for (let lap = 0; lap < plan.laps; lap++) {
      await delay(plan.lapEveryMs)
      const driver = drivers[lap % drivers.length]
      await host.act("submitLapTimeAction", lapText(random.int(80_000, 95_000)), undefined, undefined, driver?.id, gameId, tapId())
    }
    await host.act("settleBetsAction", gameId)
    await until(() => guests.every(({ screen }) => isRaceOver(screen.night()?.races ?? [], gameId)), "every phone sees the race over").catch(
      (error: Error) => void hall.notes.problems.push(error.message),
    )
  }
}

// Only the newest races are shown.
function isRaceOver(races: readonly RaceView[], gameId: string): boolean {
  return races.every((race) => race.gameId !== gameId || hasEnded(race))
}

function lapText(ms: number): string {
  return `${Math.floor(ms / 60_000)}:${((ms % 60_000) / 1000).toFixed(3).padStart(6, "0")}`
}

/** Rounds of Imposter: every phone fetches its card, they talk, the host opens the vote, all vote, the host ends the guess. */
export async function playImposter(night: OpenNight, players: readonly Guest[], plan: RoundPlan): Promise<void> {
  const cards = players.map(({ browser, screen }) => keepCard(browser, screen))
  try {
    await playRounds(night, players, cards, plan)
  } finally {
    for (const card of cards) card.stop()
  }
}

async function playRounds({ host, random, laptop }: OpenNight, players: readonly Guest[], cards: readonly Card[], plan: RoundPlan): Promise<void> {
  const roundNow = () => laptop.night()?.imposter
  for (let played = 0; played < plan.rounds; played++) {
    const before = roundNow()?.roundId
    await host.act("startImposterRoundAction", players.map(({ id }) => id), tapId())
    await until(() => roundNow()?.roundId !== before, "race control sees the round")
    const roundId = roundNow()?.roundId ?? ""
    await until(() => cards.every((card) => card.roundId() === roundId), "every player holds a card")
    await delay(plan.talkMs)
    await host.act("openImposterVoteAction", tapId())
    for (let vote = 1; vote <= 2; vote++) {
      await until(() => roundNow()?.status === "REVEALED" || roundNow()?.vote === vote, `vote ${vote} begins, or all is over`)
      const round = roundNow()
      if (!round || round.status === "REVEALED") break
      await Promise.all(
        players.map(async ({ id, browser }) => {
          await delay(random.int(0, plan.voteWithinMs))
          const candidates = round.candidateIds.filter((candidate) => candidate !== id)
          await browser.act("castImposterVoteAction", candidates[random.int(0, candidates.length - 1)], vote, tapId())
        }),
      )
    }
    await until(() => roundNow()?.status === "REVEALED", "the round is revealed")
    if (roundNow()?.reveal?.endedAt === null) await host.act("revealImposterRoundAction", { status: "REVEALED" }, tapId())
    await until(() => (roundNow()?.reveal?.endedAt ?? null) !== null, "the round is over")
  }
}

type Card = { roundId(): string | undefined; stop(): void }

/** Fetches the own card whenever the screen shows a round whose card it has not, as the page does. */
function keepCard(browser: Browser, screen: Guest["screen"]): Card {
  let held: string | undefined
  let wanted: string | undefined
  const stop = screen.onChange(() => {
    const shown = screen.night()?.imposter?.roundId
    if (shown === undefined || shown === wanted) return
    wanted = shown
    browser.get("/api/v1/imposter").then(
      ({ text }) => (held = (JSON.parse(text) as { card?: { roundId: string } | null }).card?.roundId),
      () => (wanted = undefined),
    )
  })
  return { roundId: () => held, stop }
}

/** Sessions of Quipflip of four, all begun at once, from the lobby to the results. */
export async function playQuipflip(night: OpenNight, guests: readonly Guest[], plan: QuipflipPlan): Promise<TableReport[]> {
  const { hall, random } = night
  const doors = Object.fromEntries(Object.entries(sessionActions).map(([name, action]) => [name, hall.doors[action]])) as SessionDoors
  const stops: (() => void)[] = []
  const tables = Array.from({ length: plan.sessions }, (_, index) => {
    const seats = guests.slice(index * 4, index * 4 + 4)
    const [first] = seats
    if (!first) throw new Error("a table without guests")
    const table = createBotTable(
      { webUrl: hall.webUrl, client: clientOfAll(seats), doors, phrases: plan.phrases, gather: plan.gather, think: plan.think, random },
      index,
      seats.map(({ browser }) => browser.cookie()),
    )
    stops.push(...seats.map(({ screen }, seat) => screen.onChange(() => void table.see(seat, screen.night()?.sessions ?? []))))
    return table
  })
  const reports = await Promise.all(tables.map((table) => table.play()))
  for (const stop of stops) stop()
  hall.notes.problems.push(...reports.flatMap(({ problem }) => (problem === null ? [] : [`Quipflip: ${problem}`])))
  return reports
}

/** Everybody's own browser, found by the cookie. */
function clientOfAll(seats: readonly Guest[]): Pick<Browser["client"], "get" | "post"> {
  const browserOf = (cookie: string | undefined) => {
    const seat = seats.find(({ browser }) => browser.cookie() === cookie)
    if (!seat) throw new Error("nobody at this table has that cookie")
    return seat.browser.client
  }
  return {
    get: (look) => browserOf(look.headers.cookie).get(look),
    post: (tap) => browserOf(tap.headers.cookie).post(tap),
  }
}
