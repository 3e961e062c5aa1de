import type { lanNetworks, lanPeers } from "@/db/schema/lan"
import type { parties, partyUsers } from "@/db/schema/party"

export type Party = typeof parties.$inferSelect
export type PartyUser = typeof partyUsers.$inferSelect

declare const proven: unique symbol

/**
 * Proof that somebody may act. Only `server/actor.ts` makes one, from a cookie and under the party's lock,
 * so a command that holds it need not ask again, and its subject can never come from an argument.
 */
type Proven = { readonly [proven]: true }

/** A guest of this party who is not kicked. */
export type GuestActor = Proven & { readonly kind: "guest"; readonly guest: PartyUser & { pinCode: number } }
/** The host of this party, or a co-host whose link stands. */
export type HostActor = Proven & { readonly kind: "host" }
/** Somebody at the door who showed the party PIN. */
export type NewcomerActor = Proven & { readonly kind: "newcomer" }
/** The TV: sees what everybody sees, may do nothing. */
export type TvActor = Proven & { readonly kind: "tv" }

/** An AI player of a session, or the house in the seat of somebody who left it. No cookie makes one. */
export type AiActor = Proven & { readonly kind: "ai"; readonly participantId: string }

/** The house itself, doing what is due. No cookie makes one. */
export type ClockActor = Proven & { readonly kind: "clock" }

/** A PC of the virtual LAN, by its token: one peer of one living network. */
export type LanPeerActor = Proven & {
  readonly kind: "lanPeer"
  readonly peer: typeof lanPeers.$inferSelect
  readonly network: typeof lanNetworks.$inferSelect
}

/** A PC by its token as well, which may have been taken out for its silence meanwhile. */
export type LanReturnerActor = Proven & {
  readonly kind: "lanReturner"
  readonly peer: typeof lanPeers.$inferSelect
  readonly network: typeof lanNetworks.$inferSelect
}

/** A PC that showed an invitation, the network's password and that this key is its own. No cookie makes one. */
export type LanInviteeActor = Proven & { readonly kind: "lanInvitee"; readonly invitationId: string; readonly publicKey: string }

/** Who a command or query is for, by name, and what the door then hands over. */
export type ActorOf = {
  guest: GuestActor
  host: HostActor
  hostOrGuest: HostActor | GuestActor
  newcomer: NewcomerActor
  /** The big screen, opened by its own link or by the host. */
  tv: HostActor | TvActor
  clock: ClockActor
  /** Whoever plays a seat of a session: its guest, or the AI. */
  player: GuestActor | AiActor
  anyone: HostActor | GuestActor | TvActor
  lanPeer: LanPeerActor
  lanReturner: LanReturnerActor
  lanInvitee: LanInviteeActor
}
export type Who = keyof ActorOf
