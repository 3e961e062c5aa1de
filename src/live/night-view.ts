import type { BetView, MarketView } from "@/betting/view"
import type { CardView, RoundView, SettingsView } from "@/games/imposter/view"
import type { SeatView, SessionView } from "@/games/quipflip/view"
import type { RaceView } from "@/games/racing/view"
import type { LanSummary } from "@/lan/view"
import type { GuestView, OwnGuestView, PartyView } from "@/party/view"

/** Which screen asks: decides what the night may show and whose cookie counts. */
export type Surface = "guest" | "host" | "tv"

/** Everything a screen needs for its first paint and after every gap. `version` says what it already contains. */
export type NightView = {
  version: number
  /** The server's clock when this was read (ISO), so that a phone can estimate the offset of its own. */
  serverTime: string
  party: PartyView
  guests: GuestView[]
  /** Unfinished races and the last three that ended, newest first. */
  races: RaceView[]
  markets: MarketView[]
  /** The evening's table, most coins first; vault included. */
  table: TableRow[]
  /** The guest who asks, null for host and TV. */
  me: OwnGuestView | null
  /** The bets of the guest who asks, newest first. */
  myBets: BetView[]
  /** The newest round of Imposter, running or over. */
  imposter: RoundView | null
  /** The own card in it; null for whoever does not play, for host and TV. */
  card: CardView | null
  /** How the next round will be played, for race control; null elsewhere. */
  imposterSettings: SettingsView | null
  /** Quipflip: what is open or runs, and the newest few that are over; oldest first. */
  sessions: SessionView[]
  /** The own seat in one of them; null without one, for host and TV. */
  seat: SeatView | null
  /** The host's latest call to the guest who asks, for as long as it is worth answering. */
  call: CallView | null
  /** The party's virtual LAN; null when there is none [LAN-71]. */
  lan: LanSummary | null
}

/** "You drive next." ISO instant. */
export type CallView = { message: string; at: string }

/** A line of the evening's table. Coins. */
export type TableRow = { guestId: string; name: string; coins: number }
