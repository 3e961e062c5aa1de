import { createDueWork } from "./due-work"
import type { Runtime } from "./runtime"

// As often as the ticker would look.
const pauseMs = 1_000

type Looker = { readonly dueWork: ReturnType<typeof createDueWork>; lookedAtMs: number }

const lookers = new WeakMap<Runtime, Looker>()

/**
 * Does what is due after an answer, at most once a second, in a process that has no ticker: where functions are frozen
 * between requests, a phone that asks at its deadline moves the game on, and the scheduler only finds what nobody asked about.
 * Never throws.
 */
export async function doDueAfterAnswer(parts: Runtime): Promise<void> {
  if (parts.env.PARTY_OS_TICKER) return
  const now = parts.clock.now().getTime()
  const looker = lookers.get(parts) ?? { dueWork: createDueWork(parts), lookedAtMs: -Infinity }
  lookers.set(parts, looker)
  // Either way: a clock set back must not put it off.
  if (Math.abs(now - looker.lookedAtMs) < pauseMs) return
  looker.lookedAtMs = now
  await looker.dueWork.doDue()
}
