import PQueue from "p-queue"

/** Work of one party, one after another; that of different parties side by side. */
export type PartyQueues = {
  /**
   * Runs the work when it is its turn; undefined when too many wait already. `mayBegin` is asked then, with how many ms the
   * last took that began in this line (0 for the first): a no makes the outcome undefined.
   */
  run<T>(partyId: string, work: () => Promise<T>, mayBegin?: (lastTookMs: number) => boolean): Promise<T | undefined> | undefined
}

const longestLine = 2_000

/**
 * Lets a party's commands wait in memory rather than on a database connection, so that one busy party cannot take
 * all connections from the others. Order and exclusion are the row lock's business; this only saves connections.
 */
export function createPartyQueues(): PartyQueues {
  const lines = new Map<string, Line>()
  return {
    run(partyId, work, mayBegin = () => true) {
      const line = lines.get(partyId) ?? { queue: new PQueue({ concurrency: 1 }), lastTookMs: 0 }
      const { queue } = line
      if (queue.size >= longestLine) return undefined
      lines.set(partyId, line)
      const turn = async () => (mayBegin(line.lastTookMs) ? timed(line, work) : undefined)
      return queue.add(turn).finally(() => {
        if (queue.size === 0 && queue.pending === 0) lines.delete(partyId)
      }) as ReturnType<typeof turn>
    },
  }
}

type Line = { readonly queue: PQueue; lastTookMs: number }

async function timed<T>(line: Line, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  try {
    return await work()
  } finally {
    line.lastTookMs = performance.now() - began
  }
}
