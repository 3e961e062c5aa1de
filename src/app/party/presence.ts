import type { NightView } from "@/live/night-view"

/** A presence channel holds a hundred members, the host's laptops among them: a bigger crowd goes without. */
const mostPresentGuests = 90

/** Whether phones of this party tell that they are there. */
export function isPresenceKept({ guests }: Pick<NightView, "guests">): boolean {
  return guests.length <= mostPresentGuests
}
