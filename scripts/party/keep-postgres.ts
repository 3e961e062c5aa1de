import { setTimeout as delay } from "node:timers/promises"
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@/db/embedded-postgres"
import { stopOrphan } from "./orphaned-postgres"

export type KeptPostgres = {
  /** Stays the same for as long as it is kept. */
  readonly url: string
  /** Ends it in order, and starts it no more. */
  stop(): Promise<void>
}

export type KeepOptions = {
  /** A folder that belongs to the database alone. */
  readonly dataDir: string
  /** Hears one sentence per step, without secrets. */
  readonly log: (line: string) => void
  /** Hears what the host has to know. */
  readonly say: (sentence: string) => void
  /** Hears why it could not be started again; that is tried until it works. */
  readonly onTrouble: (error: unknown) => void
}

const RETRY_MS = 1_000

/**
 * The party's own PostgreSQL, started again whenever it ends without being told to: killed, out of memory, out of disk.
 * What was acknowledged is on the disk, and its address stays. Throws when the first start fails.
 */
export async function keepPostgres({ dataDir, log, say, onTrouble }: KeepOptions): Promise<KeptPostgres> {
  let server = await startEmbeddedPostgres({ dataDir, log })
  const { url } = server
  const stopping = new AbortController()
  const { signal } = stopping

  async function keep(): Promise<void> {
    for (;;) {
      await server.ended(signal)
      if (signal.aborted) return
      say("The database ended by itself; starting it again …")
      const began = performance.now()
      const next = await startAgain()
      if (!next) return
      server = next
      say(`The database is back after ${((performance.now() - began) / 1000).toFixed(1)} s. Nothing that was acknowledged is lost.`)
    }
  }

  async function startAgain(): Promise<EmbeddedPostgres | undefined> {
    while (!signal.aborted) {
      try {
        return await startEmbeddedPostgres({ dataDir, log, port: Number(new URL(url).port) })
      } catch (error) {
        onTrouble(error)
        await delay(RETRY_MS, undefined, { signal }).catch(() => undefined)
      }
    }
    return undefined
  }

  const keeping = keep()
  return {
    url,
    async stop() {
      stopping.abort()
      await keeping
      if (server.startedHere) await server.stop()
      else await stopOrphan(dataDir, url)
    },
  }
}
