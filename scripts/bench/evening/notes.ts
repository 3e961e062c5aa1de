/** A tap that was answered. Times in ms on the shared clock. */
export type Tap = { readonly command: string; readonly sentAt: number; readonly answeredAt: number; readonly version: number | null }

/** When one screen first held something: events by their version, snapshots with all up to theirs. */
export type Sightings = {
  /** When it had opened its channels: it is not asked about what came before. */
  readonly openAt: number
  readonly events: ReadonlyMap<number, number>
  readonly snapshots: readonly { readonly version: number; readonly at: number }[]
}

/**
 * ms from a tap being sent to this screen holding it, by its event or by a snapshot, whichever was first; null when it never
 * did. Undefined for a tap from before the screen was open.
 */
export function tapToScreenMs(tap: Tap, { openAt, events, snapshots }: Sightings): number | null | undefined {
  const { version, sentAt } = tap
  if (version === null || sentAt < openAt) return undefined
  const times = snapshots.filter((snapshot) => snapshot.version >= version).map(({ at }) => at)
  const heardAt = events.get(version)
  if (heardAt !== undefined) times.push(heardAt)
  return times.length === 0 ? null : Math.min(...times) - sentAt
}

/** What the people of one process did and could not do. */
export type Notes = {
  readonly taps: Tap[]
  /** In a few words each. */
  readonly problems: string[]
}

export function newNotes(): Notes {
  return { taps: [], problems: [] }
}
