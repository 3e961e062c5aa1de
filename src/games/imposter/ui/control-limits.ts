/** As few play a round [IMP-2]. A browser cannot import the dealer's rules: they draw from the server's dice. */
export const fewestPlayers = 3

/** At most ⌊(n−1)/2⌋ of n are imposters, and always one [IMP-3]. */
export function mostImposters(playerCount: number): number {
  return Math.max(1, Math.floor((playerCount - 1) / 2))
}
