/** Where a seat stands, in per cent of the table's box. */
export type Seat = { readonly left: number; readonly top: number }

/** As many sit round the table; more stand in rows. */
export const mostRoundTheTable = 16

const centre = 50
const reach = { left: 43, top: 40 }
/** So finely the oval is measured to deal out its edge. */
const samples = 720

/** Seats at equal distances along an oval, the first at the top, clockwise. `aspect` is the box's width by its height. */
export function seatsRoundTheTable(count: number, aspect: number): Seat[] {
  const edge = Array.from({ length: samples + 1 }, (_, step) => pointAt((step / samples) * 2 * Math.PI))
  const reached = [0]
  for (const [step, point] of edge.entries()) {
    const before = edge[step - 1]
    if (before) reached.push((reached.at(-1) ?? 0) + Math.hypot((point.left - before.left) * aspect, point.top - before.top))
  }
  const length = reached.at(-1) ?? 0
  return Array.from({ length: count }, (_, seat) => {
    const step = reached.findIndex((distance) => distance >= (seat / count) * length)
    return edge[step] ?? pointAt(0)
  })
}

function pointAt(angle: number): Seat {
  // Rounded, so that server and browser write the same style.
  const round = (value: number) => Math.round(value * 100) / 100
  return { left: round(centre + reach.left * Math.sin(angle)), top: round(centre - reach.top * Math.cos(angle)) }
}
