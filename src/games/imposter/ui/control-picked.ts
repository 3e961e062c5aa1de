import type { GuestView } from "@/party/view"
import type { RoundView } from "../view"

/** Who can play: has a phone and is not kicked [IMP-2]. */
export function livingGuests(guests: readonly GuestView[]): GuestView[] {
  return guests.filter(({ isDriverSeat, isKicked }) => !isDriverSeat && !isKicked)
}

/** Whom the host left out, kept as one text. Newcomers are in. */
export function leftOutIn(text: string): string[] {
  return text.split(" ").filter((id) => id !== "")
}

/** The same text with one guest the other way round. */
export function withOther(text: string, guestId: string): string {
  const leftOut = leftOutIn(text)
  return (leftOut.includes(guestId) ? leftOut.filter((id) => id !== guestId) : [...leftOut, guestId]).join(" ")
}

/** Leaves out everybody who was not in that round [IMP-2]. */
export function onlyThoseOf(round: Pick<RoundView, "players">, living: readonly GuestView[]): string {
  const played = new Set(round.players.map(({ guestId }) => guestId))
  return living.filter(({ id }) => !played.has(id)).map(({ id }) => id).join(" ")
}
