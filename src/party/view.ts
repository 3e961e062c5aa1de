import * as z from "zod/mini"

/** What the host can pin the TVs to. */
export const tvView = z.enum(["invite", "race", "imposter", "quipflip", "table"])
export type TvView = z.infer<typeof tvView>

/** What anyone in the party may know about it. The join PIN is on the TV, so it is no secret here. */
export const partyView = z.object({
  id: z.string(),
  name: z.string(),
  joinPin: z.int(),
  status: z.enum(["OPEN", "ENDED"]),
  isDoorLocked: z.boolean(),
  familyFilter: z.enum(["OFF", "MILD", "STRICT"]),
  isSelfTimingOn: z.boolean(),
  isSelfBettingOn: z.boolean(),
  stakeLimitCoins: z.int(),
  /** Null while the TVs follow the night. */
  tvView: z.nullable(tvView),
})
export type PartyView = z.infer<typeof partyView>

/** A seat as the others see it: never its PIN, never its purse. */
export const guestView = z.object({
  id: z.string(),
  name: z.string(),
  avatarUrl: z.nullable(z.string()),
  /** A driver without a phone: no PIN, no coins. */
  isDriverSeat: z.boolean(),
  isKicked: z.boolean(),
})
export type GuestView = z.infer<typeof guestView>

type GuestFacts = {
  id: string
  name: string
  avatarUrl: string | null
  pinCode: number | null
  kickedAt: Date | null
}

export function guestViewOf(guest: GuestFacts): GuestView {
  return {
    id: guest.id,
    name: guest.name,
    avatarUrl: guest.avatarUrl,
    isDriverSeat: guest.pinCode === null,
    isKicked: guest.kickedAt !== null,
  }
}

export function partyViewOf(party: PartyView): PartyView {
  return {
    id: party.id,
    name: party.name,
    joinPin: party.joinPin,
    status: party.status,
    isDoorLocked: party.isDoorLocked,
    familyFilter: party.familyFilter,
    isSelfTimingOn: party.isSelfTimingOn,
    isSelfBettingOn: party.isSelfBettingOn,
    stakeLimitCoins: party.stakeLimitCoins,
    tvView: party.tvView,
  }
}

/** A guest's own seat, shown to nobody else. The seeds call it PartyUser. Coins; ISO instant. */
export type OwnGuestView = {
  id: string
  name: string
  pinCode: number
  avatarUrl: string | null
  walletBalance: number
  vaultBalance: number
  /** What a corrected result took back beyond the purse: coins owed to the house. */
  owedCoins: number
  createdAt: string
}
