import { type MarketNews, withMarketNews } from "@/betting/market-news"
import type { MarketView } from "@/betting/view"
import { atLength, type RoundInBrief } from "@/games/imposter/round-in-brief"
import type { CardView, RoundView } from "@/games/imposter/view"
import { isSessionOver } from "@/games/quipflip/session-over"
import type { SeatView, SessionView } from "@/games/quipflip/view"
import { type RaceNews, withRaceNews } from "@/games/racing/race-news"
import { hasEnded } from "@/games/racing/race-status"
import { ranked } from "@/games/racing/ranking"
import type { RaceView } from "@/games/racing/view"
import type { GuestView } from "@/party/view"
import type { LiveEvent } from "./catalogue"
import type { NightView, TableRow } from "./night-view"

/** As many ended races as the snapshot shows. */
const endedRacesShown = 3

/** As many sessions of Quipflip that are over as the snapshot shows. */
export const endedSessionsShown = 4

/** The night after an event. What did not change keeps its identity, so that React skips it. */
export function applyEvent(night: NightView, event: LiveEvent): NightView {
  const version = Math.max(night.version, event.version)
  return withGuestNames({ ...night, ...changeBy(night, event), version })
}

function changeBy(night: NightView, event: LiveEvent): Partial<NightView> {
  switch (event.kind) {
    case "userJoined":
    case "userChanged":
      return withGuest(night, event.payload.guest)
    case "partyChanged":
      return { party: event.payload.party }
    case "leaderboardUpdate":
    case "raceChanged":
      return withRaceTold(night, event.payload.race)
    case "betPlaced":
      return { ...withMarketTold(night, event.payload.market), table: withStakePaid(night, event.payload) }
    case "marketChanged":
    case "betsSettled":
    case "betsVoided":
      return withMarketTold(night, event.payload.market)
    case "walletChanged":
    case "betWon":
      return withWallet(night, event.payload.walletBalance)
    case "guestCalled":
      return { call: { message: event.payload.message, at: event.payload.timestamp } }
    case "roundStarted":
      return withRoundInBrief(night, event.payload.round, event.payload.playerIds)
    case "roundChanged":
    case "roundRevealed":
      return withRoundInBrief(night, event.payload.round, playersOf(night, event.payload.round.roundId))
    case "imposterSettingsChanged":
      return { imposterSettings: event.payload.settings }
    case "sessionChanged":
      return withSession(night, event.payload.session)
    case "sessionContinued":
      return withSession(withNextSession(night, event.payload), event.payload.session)
    case "sessionClosed":
      return withoutSession(night, event.payload.sessionId)
    case "lanChanged":
      return { lan: event.payload.lan }
    case "seatsChanged":
    case "guestKicked":
    case "hostLinksChanged":
    case "sessionPinged":
    case "queueChanged":
      return {}
  }
}

/** True when the event says that something changed which it does not carry: fetch the snapshot. `night` already has the event. */
export function needsSnapshot(night: NightView, event: LiveEvent): boolean {
  const { me } = night
  switch (event.kind) {
    case "betsSettled":
    case "betsVoided":
      // The evening's table for TV and host; for a guest the fate of their bets, also when a result is corrected.
      return !isMarketWhole(night, event.payload.market) || !me || night.myBets.some((bet) => bet.gameId === event.payload.gameId)
    case "betPlaced":
      return !isMarketWhole(night, event.payload.market) || (me?.id === event.payload.bettorId && !isBetKnown(night, event.payload))
    case "marketChanged":
      return !isMarketWhole(night, event.payload.market)
    case "leaderboardUpdate":
    case "raceChanged":
      return !isRaceWhole(night, event.payload.race)
    case "seatsChanged":
    case "guestKicked":
      return true
    case "userJoined":
      // A new line of the evening's table, on the screens that show it all the time.
      return !me
    case "userChanged":
      // Kicked oneself; or the evening's table, which leaves out who is kicked, on the screens that show it.
      return me ? me.id === event.payload.guest.id && event.payload.guest.isKicked : !isInTableIfThere(night, event.payload.guest)
    case "roundStarted":
      return !isRoundShown(night, event.payload.round)
    case "roundRevealed":
    case "roundChanged":
      // The evening's table: coins went to players.
      return !isRoundShown(night, event.payload.round) || (!me && (event.payload.round.reveal?.coins.length ?? 0) > 0)
    case "sessionChanged":
      // The evening's table, and the vault of whoever played.
      return isSessionOver(event.payload.session) && (!me || event.payload.session.players.some(({ guestId }) => guestId === me.id))
    case "partyChanged":
    case "imposterSettingsChanged":
    case "walletChanged":
    case "betWon":
    case "guestCalled":
    case "hostLinksChanged":
    case "sessionClosed":
    case "sessionContinued":
    case "sessionPinged":
    case "lanChanged":
      return false
    case "queueChanged":
      // The evening's table: whoever plays alone pays, and is paid.
      return !me
  }
}

export function withGuest(night: NightView, guest: GuestView): Partial<NightView> {
  const { me } = night
  return {
    guests: putIn(night.guests, guest, ({ id }) => id),
    me: me && me.id === guest.id ? { ...me, name: guest.name, avatarUrl: guest.avatarUrl } : me,
  }
}

function withRaceTold(night: NightView, news: RaceNews): Partial<NightView> {
  const race = withRaceNews(night.races.find(({ gameId }) => gameId === news.gameId), news)
  return race ? withRace(night, race) : {}
}

/** Not so when rows of its board never came. A race that ended before those that are shown is nobody's loss. */
function isRaceWhole({ races }: NightView, news: RaceNews): boolean {
  const shown = races.find(({ gameId }) => gameId === news.gameId)
  if (shown) return shown.board.length === news.driverCount
  return hasEnded(news) && races.filter(hasEnded).length === endedRacesShown
}

/** Unfinished races, then the newest three that ended; newest first. With an ended race that leaves, its market leaves. */
export function withRace(night: NightView, race: RaceView): Partial<NightView> {
  const newestFirst = putIn(night.races, race, ({ gameId }) => gameId).toSorted(
    (a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt),
  )
  const ended = newestFirst.filter(hasEnded)
  const gone = new Set(ended.slice(endedRacesShown).map(({ gameId }) => gameId))
  return {
    races: [...newestFirst.filter((shown) => !hasEnded(shown)), ...ended.slice(0, endedRacesShown)],
    markets: gone.size === 0 ? night.markets : night.markets.filter(({ gameId }) => !gone.has(gameId)),
  }
}

export function withMarket(night: NightView, market: MarketView): Partial<NightView> {
  return { markets: putIn(night.markets, market, ({ marketId }) => marketId) }
}

function withMarketTold(night: NightView, news: MarketNews): Partial<NightView> {
  const market = withMarketNews(night.markets.find(({ marketId }) => marketId === news.marketId), news)
  return market ? withMarket(night, market) : {}
}

/** Not so when lines of it never came; the market of a race that is not shown is nobody's loss. */
function isMarketWhole({ races, markets }: NightView, { marketId, gameId, selectionCount }: MarketNews): boolean {
  const shown = markets.find((market) => market.marketId === marketId)
  return shown ? shown.selections.length === selectionCount : !races.some((race) => race.gameId === gameId)
}

/** A round whose players are not known, or are others, is left to the snapshot. */
function withRoundInBrief(night: NightView, brief: RoundInBrief, playerIds: readonly string[]): Partial<NightView> {
  const round = atLength(brief, playerIds)
  return round ? withRound(night, round) : {}
}

function playersOf({ imposter }: NightView, roundId: string): string[] {
  return imposter?.roundId === roundId ? imposter.players.map(({ guestId }) => guestId) : []
}

function isRoundShown({ imposter }: NightView, { roundId, players }: RoundInBrief): boolean {
  return imposter?.roundId === roundId && imposter.players.length === players.length
}

/** The round as it is now. The own card stays for as long as one plays in it; a new vote forgets whom one named. */
export function withRound({ imposter, card, me }: NightView, round: RoundView): Partial<NightView> {
  const isPlaying = round.players.some(({ guestId, hasLeft }) => guestId === me?.id && !hasLeft)
  if (!card || card.roundId !== round.roundId || !isPlaying) return { imposter: round, card: null }
  return { imposter: round, card: imposter?.vote === round.vote ? card : { ...card, votedForId: null } }
}

/** The own card, when it is one of the round that is shown. */
export function withCard({ imposter }: NightView, card: CardView): Partial<NightView> {
  return imposter?.roundId === card.roundId ? { card } : {}
}

/**
 * The session as it is now, oldest first. Of those that are over only the last that ended stay, and the last of one's own: a
 * phone is not to lose its results because others came to theirs at the same time.
 */
export function withSession({ sessions, me }: NightView, session: SessionView): Partial<NightView> {
  const all = putIn(sessions, session, ({ sessionId }) => sessionId)
  const over = all.filter(isSessionOver).toReversed().toSorted(lastEndedFirst)
  const own = over.find(({ players }) => players.some(({ guestId }) => guestId === me?.id))
  const gone = new Set(over.slice(endedSessionsShown).filter((one) => one !== own).map(({ sessionId }) => sessionId))
  return { sessions: gone.size === 0 ? all : all.filter(({ sessionId }) => !gone.has(sessionId)) }
}

function lastEndedFirst(a: SessionView, b: SessionView): number {
  return Date.parse(b.completedAt ?? b.createdAt) - Date.parse(a.completedAt ?? a.createdAt)
}

function withNextSession(night: NightView, { session, previousId }: { session: SessionView; previousId: string }): NightView {
  const sessions = night.sessions.map((one) => (one.sessionId === previousId ? { ...one, nextSessionId: session.sessionId } : one))
  return { ...night, sessions }
}

function withoutSession({ sessions, seat }: NightView, sessionId: string): Partial<NightView> {
  return {
    sessions: sessions.filter((session) => session.sessionId !== sessionId),
    seat: seat?.sessionId === sessionId ? null : seat,
  }
}

/** The own seat, unless a newer phase of it is known. */
export function withSeat({ seat }: NightView, next: SeatView): Partial<NightView> {
  const isOlder = seat?.sessionId === next.sessionId && next.lifecycleVersion < seat.lifecycleVersion
  return isOlder ? {} : { seat: next }
}

/** Coins. */
export function withWallet({ me }: NightView, walletBalance: number): Partial<NightView> {
  return { me: me && { ...me, walletBalance } }
}

/**
 * A guest's name is the one on the seat, wherever it stands, and decides who stands before whom where nothing else does. Races,
 * bets and seats come on channels of their own, so a race from before a renaming can arrive after it, and a driver before the seat.
 */
export function withGuestNames(night: NightView): NightView {
  const names = new Map(night.guests.map(({ id, name }) => [id, name]))
  const seats = seatsOf(night)
  const board = (race: RaceView): RaceView => {
    const rows = mapChanged(race.board, (row) => named(row, names.get(row.driverId)))
    return rows === race.board ? race : { ...race, board: ranked(rows) }
  }
  const selections = (market: MarketView): MarketView => {
    const backed = inOrderOfSeats(mapChanged(market.selections, (row) => targetNamed(row, names.get(row.targetId))), seats, ({ targetId }) => targetId)
    return backed === market.selections ? market : { ...market, selections: backed }
  }
  const players = (session: SessionView): SessionView => {
    const seated = mapChanged(session.players, (player) => (player.guestId === null ? player : named(player, names.get(player.guestId))))
    return seated === session.players ? session : { ...session, players: seated }
  }
  return {
    ...night,
    races: mapChanged(night.races, board),
    sessions: mapChanged(night.sessions, players),
    markets: mapChanged(night.markets, selections),
    table: mapChanged(night.table, (row) => named(row, names.get(row.guestId))),
    myBets: mapChanged(night.myBets, (bet) => targetNamed(bet, names.get(bet.targetUserId))),
  }
}

/** The evening's table after a stake left a purse. Ties share the order of joining, which is that of the guests. */
function withStakePaid(night: NightView, { bettorId, amount }: { bettorId: string; amount: number }): TableRow[] {
  const after = night.table.map((row) => (row.guestId === bettorId ? { ...row, coins: row.coins - amount } : row))
  return inOrderOfSeats(after, seatsOf(night), ({ guestId }) => guestId).toSorted((a, b) => b.coins - a.coins)
}

function seatsOf({ guests }: NightView): ReadonlyMap<string, number> {
  return new Map(guests.map(({ id }, seat) => [id, seat]))
}

/** Whose seat is not known yet came last. The list itself when it is in order. */
function inOrderOfSeats<T>(list: T[], seats: ReadonlyMap<string, number>, guestOf: (item: T) => string): T[] {
  const seatOf = (item: T) => seats.get(guestOf(item)) ?? seats.size
  const isInOrder = list.every((item, index) => index === 0 || seatOf(list[index - 1] ?? item) <= seatOf(item))
  return isInOrder ? list : list.toSorted((a, b) => seatOf(a) - seatOf(b))
}

function isInTableIfThere({ table }: NightView, { id, isKicked, isDriverSeat }: GuestView): boolean {
  return isDriverSeat || isKicked !== table.some(({ guestId }) => guestId === id)
}

function isBetKnown({ myBets }: NightView, placed: { targetId: string; amount: number; timestamp: string }): boolean {
  return myBets.some(
    (bet) =>
      bet.targetUserId === placed.targetId && bet.amount === placed.amount && bet.createdAt === placed.timestamp,
  )
}

/** Replaces the one with the same id where it stands, or appends it. */
function putIn<T>(list: readonly T[], item: T, idOf: (item: T) => string): T[] {
  const index = list.findIndex((other) => idOf(other) === idOf(item))
  return index < 0 ? [...list, item] : list.with(index, item)
}

function mapChanged<T>(list: T[], change: (item: T) => T): T[] {
  const changed = list.map(change)
  return changed.every((item, index) => item === list[index]) ? list : changed
}

function named<T extends { name: string }>(item: T, name: string | undefined): T {
  return name === undefined || name === item.name ? item : { ...item, name }
}

function targetNamed<T extends { targetName: string }>(item: T, name: string | undefined): T {
  return name === undefined || name === item.targetName ? item : { ...item, targetName: name }
}
