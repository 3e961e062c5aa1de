import type { BetView, MarketView } from "@/betting/view"
import type { CardView, RoundView, SettingsView } from "@/games/imposter/view"
import type { SeatView, SessionView } from "@/games/quipflip/view"
import type { RaceView } from "@/games/racing/view"
import type { GuestView, PartyView } from "@/party/view"
import { withCard, withGuest, withGuestNames, withMarket, withRace, withRound, withSeat, withSession, withWallet } from "./apply-event"
import type { ChannelTopic } from "./catalogue"
import type { NightView } from "./night-view"

/** What a command's own answer told: shown at once, without waiting for the socket. Coins. */
export type CommandAnswer = {
  /** The command's version, when the answer names it: saves a fetch. */
  readonly version?: number
  readonly walletBalance?: number
  readonly race?: RaceView
  readonly market?: MarketView
  readonly guest?: GuestView
  readonly party?: PartyView
  readonly bet?: BetView
  readonly round?: RoundView
  readonly card?: CardView
  readonly settings?: SettingsView
  readonly session?: SessionView
  readonly seat?: SeatView
}

/** The night with what a command answered. */
export function applyAnswer(night: NightView, answer: CommandAnswer): NightView {
  const { race, market, guest, party, bet, round, card, settings, session, seat, walletBalance, version = 0 } = answer
  let next: NightView = { ...night, version: Math.max(night.version, version) }
  if (party) next = { ...next, party }
  if (guest) next = { ...next, ...withGuest(next, guest) }
  if (race) next = { ...next, ...withRace(next, race) }
  if (market) next = { ...next, ...withMarket(next, market) }
  if (round) next = { ...next, ...withRound(next, round) }
  if (card) next = { ...next, ...withCard(next, card) }
  if (session) next = { ...next, ...withSession(next, session) }
  if (seat) next = { ...next, ...withSeat(next, seat) }
  if (settings) next = { ...next, imposterSettings: settings }
  if (walletBalance !== undefined) next = { ...next, ...withWallet(next, walletBalance) }
  if (bet) next = { ...next, myBets: [bet, ...next.myBets.filter(({ id }) => id !== bet.id)] }
  return withGuestNames(next)
}

/** What of an answer its channel has not brought yet: an event that came first may have been followed by a newer one. */
export function partsNewerThan(
  answer: CommandAnswer,
  version: number,
  heldOf: (topic: ChannelTopic) => number,
): CommandAnswer {
  const ifNewer = <T>(topic: ChannelTopic, part: T) => (version > heldOf(topic) ? part : undefined)
  return {
    version,
    walletBalance: ifNewer("guest", answer.walletBalance),
    bet: ifNewer("guest", answer.bet),
    race: ifNewer("sim-racing", answer.race),
    market: ifNewer("betting", answer.market),
    guest: ifNewer("party-lobby", answer.guest),
    party: ifNewer("party-lobby", answer.party),
    round: ifNewer("imposter-game", answer.round),
    settings: ifNewer("host", answer.settings),
    session: ifNewer("quipflip", answer.session),
    // No channel brings cards or seats.
    card: answer.card,
    seat: answer.seat,
  }
}
