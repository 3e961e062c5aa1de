/** A submission that was taken; times in ms on the shared clock. */
export type Submit = {
  /** The session's place in the evening. */
  readonly table: number
  /** The phase it was for. */
  readonly version: number
  readonly sentAt: number
  readonly answeredAt: number
  /** The last of its phase: the answer told of the next one. */
  readonly endsPhase: boolean
}

/** A bot heard of a phase of its session. */
export type Heard = { readonly table: number; readonly version: number; readonly at: number }

/**
 * ms from the submission that ended a phase being sent until the last of the session's bots heard of the next phase; one for
 * each phase that was played to its end. Throws when a bot never heard of it: what is lost has no latency.
 */
export function phaseChangesMs(submits: readonly Submit[], heard: readonly Heard[], botsPerTable: number): number[] {
  return submits.filter(({ endsPhase }) => endsPhase).map(({ table, version, sentAt }) => {
    const times = heard.filter((one) => one.table === table && one.version === version + 1).map(({ at }) => at)
    if (times.length !== botsPerTable) throw new Error(`${times.length} of ${botsPerTable} bots heard that phase ${version} was over`)
    return Math.max(...times) - sentAt
  })
}

/** Submissions a second, from the first that was sent to the last that was answered. */
export function perSecond(submits: readonly Submit[]): number {
  const began = Math.min(...submits.map(({ sentAt }) => sentAt))
  const ended = Math.max(...submits.map(({ answeredAt }) => answeredAt))
  return (submits.length * 1000) / (ended - began)
}
