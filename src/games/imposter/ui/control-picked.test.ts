import { expect, it } from "vitest"
import type { GuestView } from "@/party/view"
import { leftOutIn, livingGuests, onlyThoseOf, withOther } from "./control-picked"

function guest(id: string, part: Partial<GuestView> = {}): GuestView {
  return { id, name: id, avatarUrl: null, isDriverSeat: false, isKicked: false, ...part }
}

it("[IMP-2] lets play who has a phone and is not kicked", () => {
  const guests = [guest("ann"), guest("seat", { isDriverSeat: true }), guest("bo", { isKicked: true })]
  expect(livingGuests(guests).map(({ id }) => id)).toEqual(["ann"])
})

it("leaves one out and takes the same one in again", () => {
  const without = withOther(withOther("", "ann"), "bo")
  expect(leftOutIn(without)).toEqual(["ann", "bo"])
  expect(leftOutIn(withOther(without, "ann"))).toEqual(["bo"])
  expect(leftOutIn("")).toEqual([])
})

it("[IMP-2] picks the people of the last round who are still living", () => {
  const player = (guestId: string) => ({ guestId, hasLeft: false, hasCalledVote: false, hasVoted: false })
  const living = [guest("ann"), guest("bo"), guest("new")]
  expect(leftOutIn(onlyThoseOf({ players: [player("ann"), player("bo"), player("gone")] }, living))).toEqual(["new"])
})
