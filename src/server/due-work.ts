import { gt, lt, or } from "drizzle-orm"
import { commandRequests, rateLimits } from "@/db/schema/party"
import { deletePartiesOnTheirDate } from "./due-deletions"
import { forgetLanTalk, moveLansOn } from "./due-lan"
import { moveRoundsOn } from "./due-rounds"
import { moveSoloPlayOn } from "./due-solo"
import { moveSessionsOn, playAiSeats } from "./due-sessions"
import { claimUnpublished, markPublished, type OutboxEvent } from "./outbox"
import { stepsOf, type Publisher } from "./publisher"
import type { Runtime } from "./runtime"
import { fillWordStocks } from "./word-stock"

// A little patience, so that the sweeper does not repeat what the publisher is sending this very moment.
const publishPatienceMs = 2_000
// One batch for Pusher: what reached the screens is noted before the next is tried, so that a slow line makes headway and
// no transaction waits for it longer than Postgres allows.
const sweepSize = 10
const requestLifetimeMs = 24 * 60 * 60 * 1000
/** No limit at the door counts for longer. */
const longestCountMs = 60 * 60 * 1000

type Work = { name: string; everyMs: number; run(parts: Runtime): Promise<void> }

const works: readonly Work[] = [
  { name: "move rounds on", everyMs: 0, run: moveRoundsOn },
  { name: "move Quipflip played alone on", everyMs: 0, run: moveSoloPlayOn },
  { name: "move sessions on", everyMs: 0, run: moveSessionsOn },
  { name: "play AI seats", everyMs: 0, run: playAiSeats },
  { name: "write words ahead", everyMs: 0, run: fillWordStocks },
  { name: "move virtual LANs on", everyMs: 0, run: moveLansOn },
  { name: "publish what was left behind", everyMs: 0, run: sweepOutbox },
  { name: "forget old requests and guesses", everyMs: 10 * 60 * 1000, run: forgetOld },
  { name: "delete parties on their date", everyMs: 60 * 1000, run: deletePartiesOnTheirDate },
  { name: "forget what PCs told each other", everyMs: 60 * 1000, run: forgetLanTalk },
]

/**
 * Does whatever is due. Any number of processes may call it at any time: each piece of work is claimed in the database.
 * Works do not wait for each other, for a round's deadline must not stand behind a dead line to Pusher or a thinking model;
 * one that is still under way is not begun again. One that fails is logged and tried again at the next call.
 */
export function createDueWork(parts: Runtime): { doDue(): Promise<void> } {
  const lastDone = new Map<Work, number>()
  const underWay = new Map<Work, Promise<void>>()

  function begin(work: Work): Promise<void> | undefined {
    const now = parts.clock.now().getTime()
    // Either way: a clock set back would otherwise put everything off until it has caught up.
    if (Math.abs(now - (lastDone.get(work) ?? -Infinity)) < work.everyMs) return undefined
    lastDone.set(work, now)
    const began = performance.now()
    const ended = (isDone: boolean) => parts.metrics.work(work.name, isDone, (performance.now() - began) / 1000, parts.clock.now().getTime())
    return work
      .run(parts)
      .then(() => ended(true))
      .catch((error: unknown) => {
        ended(false)
        parts.log.error({ err: error, work: work.name }, "due work failed")
      })
      .finally(() => underWay.delete(work))
  }

  return {
    async doDue() {
      for (const work of works) {
        const begun = underWay.has(work) ? undefined : begin(work)
        if (begun) underWay.set(work, begun)
      }
      await Promise.all(underWay.values())
    },
  }
}

/** Calls due work every second until the runtime closes, which waits for what is under way. */
export function startTicker(parts: Runtime): void {
  const dueWork = createDueWork(parts)
  let last: Promise<void> | undefined
  const timer = setInterval(() => void (last = dueWork.doDue()), 1_000)
  timer.unref()
  parts.onClose(async () => {
    clearInterval(timer)
    await last
  })
}

/** Publishes what a crash, a cut line or a full Pusher left in the outbox. */
async function sweepOutbox({ db, clock, publisher }: Runtime): Promise<void> {
  const now = clock.now().getTime()
  const recent = { from: new Date(now - publishPatienceMs), to: new Date(now + publishPatienceMs) }
  for (;;) {
    const { found, failure } = await db.transaction(async (tx) => {
      const events = await claimUnpublished(tx, recent, sweepSize)
      const { sent, failure } = await sentOf(events, publisher)
      if (sent.length > 0) await markPublished(tx, sent, clock.now())
      return { found: events.length, failure }
    })
    // Thrown only now: what got through before it is noted.
    if (failure) throw failure.error
    if (found < sweepSize) return
  }
}

/** The ids of what got through, and what stopped it. */
async function sentOf(events: readonly OutboxEvent[], publisher: Publisher): Promise<{ sent: number[]; failure?: { error: unknown } }> {
  const sent: number[] = []
  for (const step of stepsOf(events)) {
    try {
      await publisher.send(step)
    } catch (error) {
      return { sent, failure: { error } }
    }
    sent.push(...step.map(({ id }) => id))
  }
  return { sent }
}

async function forgetOld({ db, clock }: Runtime): Promise<void> {
  const now = clock.now().getTime()
  await db.delete(commandRequests).where(lt(commandRequests.createdAt, new Date(now - requestLifetimeMs)))
  // Nothing is counted for longer than an hour: what says so was written before the clock was set back.
  await db.delete(rateLimits).where(or(lt(rateLimits.expire, now), gt(rateLimits.expire, now + longestCountMs)))
}
