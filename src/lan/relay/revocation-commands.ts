import { setTimeout as delay } from "node:timers/promises"
import type { Db } from "@/db/client"
import { ticketLifetimeMs } from "../relay-tickets"
import type { RunningRelay } from "./relay-commands"
import { revocationsSince } from "./revocation-queries"

type Following = {
  db: Db
  relay: Pick<RunningRelay, "load" | "open" | "revokePeer" | "endNetwork">
  /** UTC. */
  now: () => Date
  /** Hears why the database could not be asked, once until it answers again. */
  onTrouble: (error: unknown) => void
}

export type RevocationsFollowed = { stop(): Promise<void> }

/** [LAN-92] Twice within the second in which a kick has to count. */
const askEveryMs = 400
/** Without a session nobody can be cut off: a database that costs by the hour may sleep longer. */
const askIdleEveryMs = 5_000
/** A row is written with the time of another machine, and is seen only when its transaction ends. */
const overlapMs = 60_000
/** Before that nobody got a ticket that is good still. */
const replayMs = ticketLifetimeMs + 5 * 60_000

/**
 * [LAN-92] Has the relay hear whom the control plane took out, by asking the database: whichever process wrote it, and also
 * after a restart of the relay, which opens when it knows of the last hour. While the database is away, everything stays as
 * it was.
 */
export function followRevocations({ db, relay, now, onTrouble }: Following): RevocationsFollowed {
  const stopping = new AbortController()
  const told = new Set<string>()
  let askedAt: Date | null = null
  let isAway = false

  async function ask() {
    const startedAt = now()
    const since = startedAt.getTime() - (askedAt ? overlapMs + startedAt.getTime() - askedAt.getTime() : replayMs)
    const { peers, networkIds } = await revocationsSince(db, new Date(since))
    const known = new Set(told)
    told.clear()
    for (const { networkId, peerId } of peers) {
      told.add(peerId)
      if (!known.has(peerId)) relay.revokePeer(networkId, peerId)
    }
    for (const networkId of networkIds) {
      told.add(networkId)
      if (!known.has(networkId)) relay.endNetwork(networkId)
    }
    askedAt = startedAt
  }

  const answered = () => {
    isAway = false
    relay.open()
  }
  const unanswered = (error: unknown) => {
    if (!isAway) onTrouble(error)
    isAway = true
  }
  const isDue = () => askedAt === null || hasSessions(relay) || now().getTime() - askedAt.getTime() >= askIdleEveryMs

  async function follow() {
    while (!stopping.signal.aborted) {
      if (isDue()) await ask().then(answered, unanswered)
      await delay(askEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const following = follow()
  return {
    stop: async () => {
      stopping.abort()
      await following
    },
  }
}

function hasSessions(relay: Following["relay"]): boolean {
  return [...relay.load().networks.values()].some(({ sessions }) => sessions > 0)
}
