import type { BoardRow, RaceView } from "@/games/racing/view"
import type { NightView } from "@/live/night-view"
import type { LiveNight } from "@/live/use-night"
import type { OwnGuestView, PartyView } from "@/party/view"

/** When everything in these views happened (ISO). */
export const startedAt = "2026-11-21T20:00:00.000Z"

/** A driver without a lap, named like the id. */
export function aBoardRow(driverId: string, part: Partial<BoardRow> = {}): BoardRow {
  return {
    driverId,
    name: driverId,
    position: 1,
    status: "NO_TIME",
    carModel: null,
    bestLapMs: null,
    bestLapNumber: null,
    lastLapMs: null,
    lastLapColour: null,
    lapCount: 0,
    gapMs: null,
    intervalMs: null,
    ...part,
  }
}

/** A race that is on, with nobody in it; its title is its id. */
export function aRace(gameId: string, part: Partial<RaceView> = {}): RaceView {
  return { gameId, title: gameId, track: null, status: "LIVE", createdAt: startedAt, board: [], recentLaps: [], ...part }
}

/** Ann with her first 1000 coins. */
export function ownAnn(part: Partial<OwnGuestView> = {}): OwnGuestView {
  return {
    id: "ann",
    name: "Ann",
    pinCode: 4821,
    avatarUrl: null,
    walletBalance: 1000,
    vaultBalance: 0,
    owedCoins: 0,
    createdAt: startedAt,
    ...part,
  }
}

/** A party with the settings it is made with. */
export function aParty(part: Partial<PartyView> = {}): PartyView {
  return {
    id: "party",
    name: "Sofa Grand Prix",
    joinPin: 123_456,
    status: "OPEN",
    isDoorLocked: false,
    familyFilter: "OFF",
    isSelfTimingOn: false,
    isSelfBettingOn: true,
    stakeLimitCoins: 500,
    tvView: null,
    ...part,
  }
}

/** A night with nobody in it yet, as host and TV see it. */
export function aNight(part: Partial<NightView> = {}): NightView {
  return {
    version: 1,
    serverTime: startedAt,
    party: aParty(),
    guests: [],
    races: [],
    markets: [],
    table: [],
    me: null,
    myBets: [],
    imposter: null,
    card: null,
    imposterSettings: null,
    sessions: [],
    seat: null,
    call: null,
    lan: null,
    ...part,
  }
}

/** That night on a screen whose connection stands and where nothing happens by itself. */
export function aLiveNight(night: NightView, part: Partial<LiveNight> = {}): LiveNight {
  return {
    night,
    connection: "live",
    serverOffsetMs: 0,
    gone: null,
    onlineIds: null,
    refetch: () => undefined,
    mergeAnswer: () => undefined,
    onMoment: () => () => undefined,
    ...part,
  }
}
