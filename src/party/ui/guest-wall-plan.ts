/** What the TV's wall of guests shows: with names while there is room, then badges only, then "+12". */
export type GuestWallPlan<Guest> = {
  readonly shown: readonly Guest[]
  readonly more: number
  readonly isNamed: boolean
}

const mostNamed = 18
const mostShown = 57

/** The newest are always among those shown: people look for themselves right after they joined. */
export function guestWallPlan<Guest>(guests: readonly Guest[]): GuestWallPlan<Guest> {
  const shown = guests.slice(-mostShown)
  return { shown, more: guests.length - shown.length, isNamed: guests.length <= mostNamed }
}
