import fc from "fast-check"
import { afterAll, beforeAll, expect, it } from "vitest"
import { placeBet } from "@/betting/commands"
import {
  callImposterVote,
  callOffImposterRound,
  castImposterVote,
  guessImposterWord,
  leaveImposterRound,
  openImposterVote,
  revealImposterRound,
  startImposterRound,
} from "@/games/imposter/commands"
import {
  addDriverWithoutPhone,
  createRace,
  openBetting,
  registerDriver,
  removeDriver,
  restoreLap,
  setDnf,
  startRace,
  submitLapTime,
  voidLap,
} from "@/games/racing/commands"
import { applyEvent, needsSnapshot } from "@/live/apply-event"
import { type LiveEventKind, parseEvent } from "@/live/catalogue"
import { channelsFor } from "@/live/channels-for"
import type { NightView, Surface } from "@/live/night-view"
import { kickGuest, readmitGuest, renameGuest } from "@/party/commands"
import { audienceOf } from "@/realtime/channels"
import { imposterTable } from "@/testing/imposter-table"
import { accepted, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { nightFor } from "./night-view"
import type { OutboxEvent } from "./outbox"
import { envelopeText } from "./publisher"

/** Something somebody tries; the numbers pick people, races, laps and amounts from what there is by then. */
type Try = { what: Verb; who: number; whom: number; n: number }
type Verb = (typeof verbs)[number]

const racingVerbs = [
  "race", "enter", "enter", "enterSelf", "newDriver", "leave", "open", "open", "bet", "bet", "bet", "start", "lap", "lap", "lap", "lap",
  "ownLap", "voidLap", "voidLap", "restoreLap", "dnf", "notDnf", "settle", "resettle", "callOff",
] as const
const imposterVerbs = ["round", "round", "callVote", "callVote", "openVote", "vote", "vote", "vote", "vote", "leaveRound", "guess", "reveal", "callOffRound", "wait"] as const
const peopleVerbs = ["join", "rename", "kick", "readmit"] as const
const verbs = [...racingVerbs, ...imposterVerbs, ...peopleVerbs]

const anyTry = fc.record({ what: fc.constantFrom(...verbs), who: fc.nat(6), whom: fc.nat(6), n: fc.nat(200) })
/** What happens before anything is heard, and in which order the channels bring it. */
const anyMoment = fc.record({ tries: fc.array(anyTry, { minLength: 1, maxLength: 4 }), order: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }) })

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

it("[BET-19] [IMP-19] [RAC-34] whatever people do, a screen that only hears of it shows what the server shows", async () => {
  let byEvents = 0
  let fetched = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyMoment, { minLength: 15, maxLength: 40 }), async (moments) => {
      const night = await startParty({ house, guests: 5 })
      const scene: Scene = { night, races: [], laps: [] }
      const screens = await Promise.all((["guest", "host", "tv"] as const).map((surface) => openScreen(night, surface)))
      for (const { tries, order } of moments) {
        const first = night.published.length
        for (const attempt of tries) {
          await attemptOne(scene, attempt)
          night.clock.advance(1)
        }
        const events = interleaved(night.published.slice(first), order)
        for (const screen of screens) {
          const mustFetch = screen.hear(events)
          const told = await nightOf(night, screen.surface)
          // Races, markets and rounds are never what is fetched for.
          expect(carried(screen.shown())).toEqual(carried(told))
          if (mustFetch) fetched += 1
          else byEvents += 1
          if (mustFetch) screen.show(told)
          else expect(comparable(screen.shown(), screen.surface)).toEqual(comparable(told, screen.surface))
        }
      }
    }),
    // An evening takes seconds: the first that fails is told as it is.
    { numRuns: 12, endOnFailure: true },
  )
  // Else nothing was compared.
  expect(byEvents).toBeGreaterThan(fetched)
}, 240_000)

/** What tells everything to whoever heard all that was said before. */
const isWhole: ReadonlySet<LiveEventKind> = new Set<LiveEventKind>(["raceChanged", "leaderboardUpdate", "marketChanged", "roundStarted"])

type Scene = { night: Night; races: string[]; laps: string[] }

async function nightOf(night: Night, surface: Surface): Promise<NightView> {
  const claims = surface === "guest" ? night.claimsOf("Ann") : night.hostClaims
  const { night: told } = accepted(await night.ask(claims, nightFor(surface)))
  if (!told) throw new Error("no night")
  return told
}

/** What a synchroniser does with events that all arrive, each channel's in order. */
async function openScreen(night: Night, surface: Surface) {
  let shown = await nightOf(night, surface)
  const channels = new Set(channelsFor(surface, shown))
  const opened = shown.version
  const held = new Map<string, number>()
  return {
    surface,
    shown: () => shown,
    show: (told: NightView) => void (shown = told),
    /** @returns whether the screen would now ask for the night. */
    hear(events: readonly OutboxEvent[]): boolean {
      let mustFetch = false
      for (const outgoing of events.filter(({ channel }) => channels.has(channel))) {
        // The house tells again what it does not know to have arrived.
        if (outgoing.version <= (held.get(outgoing.channel) ?? opened)) continue
        held.set(outgoing.channel, outgoing.version)
        const audience = audienceOf(outgoing.channel)
        if (!audience) throw new Error(`whose channel is ${outgoing.channel}?`)
        const topic = audience.kind === "party" ? audience.topic : audience.kind === "guest" ? "guest" : "host"
        const { message, problem } = parseEvent(topic, outgoing.name, JSON.parse(envelopeText(outgoing)))
        expect(problem).toBeNull()
        if (!message?.event) throw new Error(`${outgoing.name} came without content`)
        shown = applyEvent(shown, message.event)
        const isNeeded = needsSnapshot(shown, message.event)
        expect([message.event.kind, isNeeded && isWhole.has(message.event.kind)]).toEqual([message.event.kind, false])
        mustFetch ||= isNeeded
      }
      return mustFetch
    },
  }
}

/** Channels overtake each other; on one channel nothing does. */
function interleaved(events: readonly OutboxEvent[], order: readonly number[]): OutboxEvent[] {
  const channels = [...new Set(events.map(({ channel }) => channel))]
  const queues = channels.map((name) => events.filter(({ channel }) => channel === name))
  const heard: OutboxEvent[] = []
  for (let turn = 0; heard.length < events.length; turn++) {
    const waiting = queues.filter((queue) => queue.length > 0)
    const next = waiting[(order[turn % order.length] ?? 0) % waiting.length]?.shift()
    if (next) heard.push(next)
  }
  return heard
}

/** What events carry, whatever else they have fetched. */
function carried({ party, guests, races, markets, imposter }: NightView) {
  return { party, guests, races, markets: inOrderOfIds(markets), imposter: withoutLateKicks(imposter) }
}

function inOrderOfIds(markets: NightView["markets"]) {
  return markets.toSorted((a, b) => a.marketId.localeCompare(b.marketId))
}

function withoutLateKicks(round: NightView["imposter"]) {
  if (!round?.reveal?.endedAt) return round
  return { ...round, callsNeeded: 0, players: round.players.map((player) => ({ ...player, hasLeft: false })) }
}

/**
 * Without what no event tells: clocks, a phone's card (it asks for that), the order of markets, on a phone the evening's table, and
 * who was kicked since a round was over.
 */
function comparable({ serverTime: _time, version: _version, card: _card, table, markets, me, imposter, ...rest }: NightView, surface: Surface) {
  return {
    ...rest,
    imposter: withoutLateKicks(imposter),
    markets: inOrderOfIds(markets),
    table: surface === "guest" ? [] : table,
    me: me && { ...me, owedCoins: 0 },
  }
}

const phones = ["Ann", "Bo", "Cy", "Di", "Ed"]

async function attemptOne(scene: Scene, { what, who, whom, n }: Try): Promise<unknown> {
  const { night, races, laps } = scene
  const name = phones[who % phones.length] ?? "Ann"
  const other = phones[whom % phones.length] ?? "Bo"
  const seats = [...night.guests.values()].map(({ id }) => id)
  const driverId = seats[whom % seats.length]
  const gameId = races.at(-1 - (n % 2))
  const lapId = laps.at(-1 - (n % 9))
  switch (what) {
    case "race":
      return night.host(createRace, { title: `Race ${n}`, track: n % 2 ? "Monza" : undefined }).then((made) => made.ok && races.push(made.value.gameId))
    case "enter":
      return night.host(registerDriver, { gameId, driverId })
    case "enterSelf":
      return night.guest(name, registerDriver, { gameId })
    case "newDriver":
      return night.host(addDriverWithoutPhone, { gameId, name: `Driver ${night.published.length}` })
    case "leave":
      return night.host(removeDriver, { gameId, driverId })
    case "open":
      return night.host(openBetting, { gameId, oddsMode: n % 2 ? "PARIMUTUEL" : "FIXED" })
    case "bet":
      return night.guest(name, placeBet, { targetUserId: driverId, amount: 1 + (n % 50), gameId })
    case "start":
      return night.host(startRace, { gameId })
    // Few times, so that drivers are level and the number of the lap decides.
    case "lap":
      return night
        .host(submitLapTime, { driverId, timeText: `1:2${n % 4}.000`, gameId: n % 5 ? gameId : undefined, carModel: n % 3 ? undefined : "Mazda" })
        .then((set) => set.ok && laps.push(set.value.lapId) && !races.includes(set.value.gameId) && races.push(set.value.gameId))
    case "ownLap":
      return night.guest(name, submitLapTime, { timeText: `1:2${n % 4}.000`, gameId })
    case "voidLap":
      return night.host(voidLap, { lapId, reason: "cut" })
    case "restoreLap":
      return night.host(restoreLap, { lapId })
    case "dnf":
    case "notDnf":
      return night.host(setDnf, { gameId, driverId, isDnf: what === "dnf" })
    case "settle":
      return gameId && night.settle(gameId)
    case "resettle":
      return gameId && night.resettle(gameId)
    case "callOff":
      return n % 3 === 0 && gameId && night.callOff(gameId)
    case "round":
      return night.host(startImposterRound, {})
    case "callVote":
      return night.guest(name, callImposterVote, {})
    case "openVote":
      return night.host(openImposterVote, {})
    case "vote":
      return night.guest(name, castImposterVote, { targetId: night.idOf(other) })
    case "leaveRound":
      return night.guest(name, leaveImposterRound, {})
    case "guess":
      return night.guest(name, guessImposterWord, { text: "something" })
    case "reveal":
      return night.host(revealImposterRound, {})
    case "callOffRound":
      return n % 4 === 0 && night.host(callOffImposterRound, {})
    case "wait":
      night.clock.advance(n * 1000)
      return imposterTable(night).tick()
    case "join":
      return night.guests.size < 12 && night.join(`Late ${night.guests.size}`)
    case "rename":
      return night.host(renameGuest, { guestId: driverId, name: `${String.fromCharCode(65 + (n % 26))} ${night.published.length}` })
    // Ann's phone is one of the screens. Who is kicked leaves the round when the house looks at its clock.
    case "kick":
      if (other !== "Ann") await night.host(kickGuest, { guestId: night.idOf(other) })
      return imposterTable(night).tick()
    case "readmit":
      return night.host(readmitGuest, { guestId: night.idOf(other) })
  }
}
