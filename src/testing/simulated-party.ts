import { bettingEvents } from "@/betting/events"
import { marketNewsOf } from "@/betting/market-news"
import type { BetView, MarketView } from "@/betting/view"
import { racingEvents } from "@/games/racing/events"
import { raceNewsOf } from "@/games/racing/race-news"
import type { RaceView } from "@/games/racing/view"
import { partyEvents } from "@/party/events"
import type { GuestView, OwnGuestView, PartyView } from "@/party/view"
import type { Announcement } from "@/realtime/event"
import type { ChannelTopic } from "@/live/catalogue"
import type { NightView } from "@/live/night-view"

/** What the server would put on a channel. */
export type SentEvent = {
  topic: ChannelTopic
  name: string
  data: { version: number; previous: number; payload: unknown }
}

/** The phone the tests look at. */
export const annId = "ann"

type Seat = { id: string; name: string; coins: number; isKicked: boolean }
type Race = { gameId: string; status: RaceView["status"]; createdAt: string; laps: { driverId: string; lapTimeMs: number }[] }
type Bet = { id: string; gameId: string; bettorId: string; targetUserId: string; amount: number; createdAt: string; status: BetView["status"] }

/**
 * A party's server as a phone meets it: commands one after another, events with versions per channel, snapshots.
 * It computes every view anew from its own records and shares no code with what is under test.
 */
export function simulatedParty(iso: () => string) {
  let version = 1
  let title = "Friday"
  const seats: Seat[] = [seat(annId, "Ann"), seat("bo", "Bo"), seat("cy", "Cy")]
  const races: Race[] = [{ gameId: "race-1", status: "LIVE", createdAt: "2026-11-21T19:00:00.000Z", laps: [] }]
  const bets: Bet[] = []
  let lastCall: NightView["call"] = null
  const lastOnChannel = new Map<ChannelTopic, number>()

  /** One command: a version, and at most one event per channel that Ann's phone hears. */
  function command(announcements: Announcement[] = []): SentEvent[] {
    version += 1
    return announcements.filter(isHeardByAnn).map(({ audience, name, payload }) => {
      const topic = audience.kind === "party" ? audience.topic : "guest"
      const previous = lastOnChannel.get(topic) ?? 0
      lastOnChannel.set(topic, version)
      // As it would come off the wire: nothing shared with the server's own objects.
      return { topic, name, data: { version, previous, payload: structuredClone(payload) } }
    })
  }

  function seatOf(id: string): Seat {
    const found = seats.find((other) => other.id === id)
    if (!found) throw new Error(`no seat ${id}`)
    return found
  }

  const race = (index: number): Race => races[index % races.length] ?? races[0]!
  const openRace = (index: number): Race | undefined => races.filter(({ status }) => status === "LIVE").at(index % races.length)

  function raceView({ gameId, status, createdAt, laps }: Race): RaceView {
    const numbered = laps.map((lap, index) => ({ ...lap, number: index + 1 }))
    const quickest = numbered.toSorted((a, b) => a.lapTimeMs - b.lapTimeMs || a.number - b.number)
    const bests = quickest.filter(({ driverId }, index) => quickest.findIndex((lap) => lap.driverId === driverId) === index)
    return {
      gameId,
      title: gameId,
      track: null,
      status,
      createdAt,
      board: bests.map(({ driverId, lapTimeMs, number }, index) => ({
        driverId,
        name: seatOf(driverId).name,
        position: index + 1,
        status: "CLASSIFIED",
        carModel: null,
        bestLapMs: lapTimeMs,
        bestLapNumber: number,
        lastLapMs: numbered.findLast((lap) => lap.driverId === driverId)?.lapTimeMs ?? null,
        lastLapColour: number === numbered.findLast((lap) => lap.driverId === driverId)?.number ? (index === 0 ? "PURPLE" : "GREEN") : "YELLOW",
        lapCount: laps.filter((lap) => lap.driverId === driverId).length,
        gapMs: lapTimeMs - (bests[0]?.lapTimeMs ?? 0),
        intervalMs: index === 0 ? null : lapTimeMs - (bests[index - 1]?.lapTimeMs ?? 0),
      })),
      recentLaps: [],
    }
  }

  function marketView({ gameId, status }: Race): MarketView {
    const staked = bets.filter((bet) => bet.gameId === gameId)
    return {
      marketId: `market-${gameId}`,
      gameId,
      status: status === "LIVE" ? "OPEN" : status === "VOID" ? "VOID" : "SETTLED",
      oddsMode: "FIXED",
      poolCoins: staked.reduce((sum, { amount }) => sum + amount, 0),
      winnerId: null,
      selections: ["bo", "cy"].map((targetId) => ({
        targetId,
        targetName: seatOf(targetId).name,
        stakedCoins: staked.filter((bet) => bet.targetUserId === targetId).reduce((sum, { amount }) => sum + amount, 0),
        betCount: staked.filter((bet) => bet.targetUserId === targetId).length,
        multiplierHundredths: 200,
      })),
    }
  }

  const racesShown = (): Race[] => {
    const newestFirst = races.toReversed()
    const hasEnded = ({ status }: Race) => status !== "LIVE"
    return [...newestFirst.filter((shown) => !hasEnded(shown)), ...newestFirst.filter(hasEnded).slice(0, 3)]
  }

  return {
    get version() {
      return version
    },

    snapshot(): NightView {
      const ann = seatOf(annId)
      const shown = racesShown()
      return structuredClone({
        version,
        serverTime: iso(),
        party: partyView(title),
        guests: seats.map(guestView),
        races: shown.map(raceView),
        markets: races.filter((known) => shown.includes(known)).map(marketView),
        table: seats.map(({ id, name, coins }) => ({ guestId: id, name, coins })).sort((a, b) => b.coins - a.coins),
        me: ownView(ann),
        myBets: bets
          .filter(({ bettorId }) => bettorId === annId)
          .map(({ bettorId: _, ...bet }) => ({ ...bet, targetName: seatOf(bet.targetUserId).name, payout: null, settledAt: null }))
          .reverse(),
        imposter: null,
        card: null,
        imposterSettings: null,
        sessions: [],
        seat: null,
        call: lastCall,
        lan: null,
      })
    },

    join(name: string) {
      const newcomer = seat(`guest-${seats.length}`, name)
      seats.push(newcomer)
      const payload = { userId: newcomer.id, name, timestamp: iso(), guest: guestView(newcomer) }
      return command([partyEvents.userJoined.to("party", payload)])
    },
    rename(id: string, name: string) {
      seatOf(id).name = name
      return command([partyEvents.userChanged.to("party", { guest: guestView(seatOf(id)) })])
    },
    retitle(name: string) {
      title = name
      return command([partyEvents.partyChanged.to("party", { party: partyView(title) })])
    },
    newRace() {
      const fresh: Race = { gameId: `race-${races.length + 1}`, status: "LIVE", createdAt: new Date(Date.parse(iso()) + races.length).toISOString(), laps: [] }
      races.push(fresh)
      return command([
        racingEvents.raceChanged.to("party", { race: raceNewsOf([], raceView(fresh)) }),
        bettingEvents.marketChanged.to("party", { market: marketNewsOf(marketView(fresh), "all") }),
      ])
    },
    lap(raceIndex: number, driverId: string, lapTimeMs: number) {
      const driven = race(raceIndex)
      const { board } = raceView(driven)
      const isRecord = driven.laps.every((lap) => lap.lapTimeMs > lapTimeMs)
      driven.laps.push({ driverId, lapTimeMs })
      const about = { userId: driverId, userName: seatOf(driverId).name, lapTimeMs, timestamp: iso(), isRecord }
      return command([racingEvents.leaderboardUpdate.to("party", { ...about, race: raceNewsOf(board, raceView(driven)) })])
    },
    bet(bettorId: string, targetId: string, amount: number, raceIndex = 0) {
      const backed = openRace(raceIndex)
      if (!backed) return command()
      const bettor = seatOf(bettorId)
      bettor.coins -= amount
      bets.push({ id: `bet-${bets.length}`, gameId: backed.gameId, bettorId, targetUserId: targetId, amount, createdAt: iso(), status: "PENDING" })
      const placed = { bettorId, bettorName: bettor.name, targetId, targetName: seatOf(targetId).name, amount, timestamp: iso() }
      return command([
        bettingEvents.betPlaced.to("party", { ...placed, market: marketNewsOf(marketView(backed), { changedIds: [targetId] }) }),
        partyEvents.walletChanged.to(bettorId, { walletBalance: bettor.coins, delta: -amount, reason: "bet" }),
      ])
    },
    /** The driver wins; whoever backed them gets double. */
    settle(raceIndex: number, winnerId: string) {
      const ended = openRace(raceIndex)
      if (!ended) return command()
      ended.status = "FINISHED"
      let payout = 0
      for (const bet of bets.filter(({ gameId }) => gameId === ended.gameId)) {
        bet.status = bet.targetUserId === winnerId ? "WON" : "LOST"
        if (bet.status === "LOST") continue
        seatOf(bet.bettorId).coins += bet.amount * 2
        if (bet.bettorId === annId) payout += bet.amount * 2
      }
      const market = marketNewsOf(marketView(ended), {})
      const { board } = raceView(ended)
      const won = { gameId: ended.gameId, payout, walletBalance: seatOf(annId).coins, targetName: seatOf(winnerId).name }
      return command([
        racingEvents.raceChanged.to("party", { race: raceNewsOf(board, raceView(ended)) }),
        bettingEvents.betsSettled.to("party", { gameId: ended.gameId, winnerId, timestamp: iso(), market, topPayouts: [] }),
        ...(payout > 0 ? [bettingEvents.betWon.to(annId, won)] : []),
      ])
    },
    grant(guestId: string, amount: number) {
      const rich = seatOf(guestId)
      rich.coins += amount
      return command([partyEvents.walletChanged.to(guestId, { walletBalance: rich.coins, delta: amount, reason: "gift" })])
    },
    call(guestId: string, message: string) {
      if (guestId === annId) lastCall = { message, at: iso() }
      return command([partyEvents.guestCalled.to(guestId, { message, timestamp: iso() })])
    },
    coinsOf: (id: string) => seatOf(id).coins,
  }
}

function isHeardByAnn({ audience }: Announcement): boolean {
  return audience.kind === "party" || (audience.kind === "guest" && audience.guestId === annId)
}

function seat(id: string, name: string): Seat {
  return { id, name, coins: 1000, isKicked: false }
}

function guestView({ id, name, isKicked }: Seat): GuestView {
  return { id, name, avatarUrl: null, isDriverSeat: false, isKicked }
}

function ownView({ id, name, coins }: Seat): OwnGuestView {
  return { id, name, pinCode: 4321, avatarUrl: null, walletBalance: coins, vaultBalance: 0, owedCoins: 0, createdAt: "2026-11-21T18:00:00.000Z" }
}

function partyView(name: string): PartyView {
  return {
    id: "party",
    name,
    joinPin: 123456,
    status: "OPEN",
    isDoorLocked: false,
    familyFilter: "OFF",
    isSelfTimingOn: false,
    isSelfBettingOn: false,
    stakeLimitCoins: 500,
    tvView: null,
  }
}
