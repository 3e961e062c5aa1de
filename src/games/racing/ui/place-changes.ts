import type { BoardRow } from "../view"

/** Who gained or lost how many places when the order last changed; positive is up. */
export type PlaceChanges = {
  readonly order: readonly string[]
  readonly gained: ReadonlyMap<string, number>
}

export function firstPlaces(board: readonly BoardRow[]): PlaceChanges {
  return { order: orderOf(board), gained: new Map() }
}

/** The same object while the order stays: an arrow lasts until somebody else moves. Who is new or gone did not overtake. */
export function nextPlaces(before: PlaceChanges, board: readonly BoardRow[]): PlaceChanges {
  const order = orderOf(board)
  if (order.length === before.order.length && order.every((id, index) => id === before.order[index])) return before
  const stayed = new Set(order)
  const placesBefore = placesOf(before.order.filter((id) => stayed.has(id)))
  const known = order.filter((id) => placesBefore.has(id))
  const moves = known.flatMap((id, place): [string, number][] => {
    const gained = (placesBefore.get(id) ?? place) - place
    return gained === 0 ? [] : [[id, gained]]
  })
  return { order, gained: new Map(moves) }
}

function orderOf(board: readonly BoardRow[]): string[] {
  return board.map(({ driverId }) => driverId)
}

function placesOf(order: readonly string[]): Map<string, number> {
  return new Map(order.map((id, place) => [id, place]))
}
