import { assert } from "@/kernel/assert"
import { seededRandom } from "@/kernel/random"
import { shuffled } from "@/kernel/shuffled"

/** As few play a round [IMP-2]. */
export const fewestPlayers = 3

/** At most ⌊(n−1)/2⌋ of n are imposters, and always one [IMP-3]. */
export function mostImposters(playerCount: number): number {
  return Math.max(1, Math.floor((playerCount - 1) / 2))
}

export type Roles = { readonly imposterIds: readonly string[]; readonly misterWhiteId: string | null }

/**
 * The roles of a round, the same for the same seed and players [IMP-3].
 * @param imposterCount as many as asked for; as many as may be are drawn.
 */
export function drawRoles(
  seed: number,
  playerIds: readonly string[],
  { imposterCount, hasMisterWhite }: { imposterCount: number; hasMisterWhite: boolean },
): Roles {
  assert(playerIds.length >= fewestPlayers, `${playerIds.length} players cannot play`)
  const random = seededRandom(seed)
  const count = Math.max(1, Math.min(imposterCount, mostImposters(playerIds.length)))
  const imposterIds = shuffled(playerIds, random).slice(0, count)
  return { imposterIds, misterWhiteId: hasMisterWhite ? (imposterIds[0] ?? null) : null }
}
