import PQueue from "p-queue"

/** Work of one party, one after another; that of different parties side by side. */
export type PartyQueues = {
  /** Runs the work when it is its turn; undefined when too many wait already. */
  run<T>(partyId: string, work: () => Promise<T>): Promise<T> | undefined
}

const longestLine = 2_000

/**
 * Lets a party's commands wait in memory rather than on a database connection, so that one busy party cannot take
 * all connections from the others. Order and exclusion are the row lock's business; this only saves connections.
 */
export function createPartyQueues(): PartyQueues {
  const queues = new Map<string, PQueue>()
  return {
    run(partyId, work) {
      const queue = queues.get(partyId) ?? new PQueue({ concurrency: 1 })
      if (queue.size >= longestLine) return undefined
      queues.set(partyId, queue)
      return queue.add(work).finally(() => {
        if (queue.size === 0 && queue.pending === 0) queues.delete(partyId)
      }) as ReturnType<typeof work>
    },
  }
}
