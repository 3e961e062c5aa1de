const minuteMs = 60_000

/** All in ms. */
export const agentTimes = {
  /** [LANA-43] Between two heartbeats that only report paths. */
  reportEveryMs: 2_000,
  /** [LANA-41] While nothing is heard by push. */
  deafBeatMs: 2_000,
  /** How often the paths are looked at for the screens. */
  lookEveryMs: 1_000,
  /** [LANA-24] The whole network is asked for again, and tickets that are older than half an hour with it. */
  refreshEveryMs: 10 * minuteMs,
  /** [LANA-25] Half of a token's life. */
  renewBeforeMs: 12 * 60 * minuteMs,
  /** [LANA-44] */
  offerEveryMs: 30_000,
  /** [LANA-50] */
  goodbyeMs: 3_000,
} as const

/** [LANA-32] How long until a party that does not answer is asked again: 1 s, 2 s, 4 s … 25 s. */
export function backoffMs(failures: number): number {
  return Math.min(1_000 * 2 ** (Math.max(1, failures) - 1), 25_000)
}
