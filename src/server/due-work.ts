import { lt } from "drizzle-orm"
import { commandRequests, rateLimits } from "@/db/schema/party"
import { claimUnpublished, markPublished } from "./outbox"
import type { Runtime } from "./runtime"

// A little patience, so that the sweeper does not repeat what the publisher is sending this very moment.
const publishPatienceMs = 2_000
// One batch for Pusher: what reached the screens is noted before the next is tried, so that a slow line makes headway and
// no transaction waits for it longer than Postgres allows.
const sweepSize = 10
const requestLifetimeMs = 24 * 60 * 60 * 1000

type Work = { name: string; everyMs: number; run(parts: Runtime): Promise<void> }

const works: readonly Work[] = [
  { name: "publish what was left behind", everyMs: 0, run: sweepOutbox },
  { name: "forget old requests and guesses", everyMs: 10 * 60 * 1000, run: forgetOld },
]

/**
 * Does whatever is due. Any number of processes may call it at any time: each piece of work is claimed in the database.
 * One that fails is logged and tried again at the next call; the others go on.
 */
export function createDueWork(parts: Runtime): { doDue(): Promise<void> } {
  const lastDone = new Map<Work, number>()
  return {
    async doDue() {
      const now = parts.clock.now().getTime()
      for (const work of works) {
        // Either way: a clock set back would otherwise put everything off until it has caught up.
        if (Math.abs(now - (lastDone.get(work) ?? -Infinity)) < work.everyMs) continue
        lastDone.set(work, now)
        await work.run(parts).catch((error: unknown) => parts.log.error({ err: error, work: work.name }, "due work failed"))
      }
    },
  }
}

/** Calls due work every second, never two at a time, until the runtime closes. */
export function startTicker(parts: Runtime): void {
  const dueWork = createDueWork(parts)
  let underWay: Promise<void> | undefined
  const timer = setInterval(() => {
    underWay ??= dueWork.doDue().finally(() => (underWay = undefined))
  }, 1_000)
  timer.unref()
  parts.onClose(async () => {
    clearInterval(timer)
    await underWay
  })
}

/** Publishes what a crash, a cut line or a full Pusher left in the outbox. */
async function sweepOutbox({ db, clock, publisher }: Runtime): Promise<void> {
  const now = clock.now().getTime()
  const recent = { from: new Date(now - publishPatienceMs), to: new Date(now + publishPatienceMs) }
  for (;;) {
    const sent = await db.transaction(async (tx) => {
      const events = await claimUnpublished(tx, recent, sweepSize)
      if (events.length === 0) return 0
      await publisher.send(events)
      await markPublished(tx, events.map((event) => event.id), clock.now())
      return events.length
    })
    if (sent < sweepSize) return
  }
}

async function forgetOld({ db, clock }: Runtime): Promise<void> {
  const now = clock.now().getTime()
  await db.delete(commandRequests).where(lt(commandRequests.createdAt, new Date(now - requestLifetimeMs)))
  await db.delete(rateLimits).where(lt(rateLimits.expire, now))
}
