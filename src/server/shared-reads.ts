import type { Party } from "@/party/actor"
import type { ReadShared } from "@/party/command"
import { createPatience } from "./patience"

/** What everybody at a party sees alike: read once for each of its versions, though a hundred screens ask. */
export type SharedReads = {
  /** @returns how to read for somebody whose picture of the database has the party at this version. */
  for(party: Pick<Party, "id" | "version">): ReadShared
}

type Kept = { readonly version: number; readonly parts: Map<string, Promise<unknown>> }

const mostParties = 100
/** So long one waits for another's reading, ms: meanwhile one holds a connection of the pool, and the other's may have died without a word. */
const followMs = 1_000

/**
 * Keeps the parts of each party's newest version, of the parties that were asked about last. Right as long as nothing
 * changes what is kept without changing the version, which is also what makes "304, nothing new" right.
 */
export function createSharedReads(): SharedReads {
  const parties = new Map<string, Kept>()

  function keptFor({ id, version }: Pick<Party, "id" | "version">): Kept | undefined {
    const known = parties.get(id)
    // A picture from before another's: it is true as well, and soon nobody's.
    if (known && known.version > version) return undefined
    const kept = known?.version === version ? known : { version, parts: new Map<string, Promise<unknown>>() }
    parties.delete(id)
    parties.set(id, kept)
    // A Map keeps the order of arrival: the first was asked about longest ago.
    for (const oldest of parties.keys()) {
      if (parties.size <= mostParties) break
      parties.delete(oldest)
    }
    return kept
  }

  return {
    for: (party) => async (part, read) => {
      const kept = keptFor(party)
      if (!kept) return read()
      const lead = () => keepReading(kept.parts, part, read())
      const reading = kept.parts.get(part) as ReturnType<typeof read> | undefined
      if (!reading) return lead()
      // Whoever read it first may have lost their connection: that is their trouble, not ours.
      return createPatience(followMs)
        .wait(reading)
        .catch(() => (kept.parts.get(part) === reading ? lead() : read()))
    },
  }
}

/** In place of a reading that hangs, too: whose failure, when it comes at last, takes away nothing but itself. */
function keepReading<T>(parts: Kept["parts"], part: string, reading: Promise<T>): Promise<T> {
  parts.set(part, reading)
  reading.catch(() => {
    if (parts.get(part) === reading) parts.delete(part)
  })
  return reading
}
