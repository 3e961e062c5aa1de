import { eq, sql } from "drizzle-orm"
import type { Tx } from "@/db/client"
import { partySessions } from "@/db/schema/quipflip"
import { one } from "@/kernel/assert"
import type { Random } from "@/kernel/random"
import type { Transfer } from "@/wallet/steps"
import { quipflipEvents } from "./events"
import { book, type Table } from "./money-steps"
import { dueAt } from "./phases"
import type { Session, SessionFacts } from "./session-facts"
import { sessionViewOf } from "./session-view"
import type { SessionView } from "./view"

/** What a step of a session works with. `transfers` are booked together at the end, since a guest's channel takes one event per command. */
export type Match = Table & { readonly random: Random; readonly transfers: Transfer[] }

/** A command's context as its steps share it: what they move is booked in one go, by `settleUp`. */
export function matchOf({ tx, party, now, emit, random }: Table & { random: Random }): Match {
  return { tx, party, now, emit, random, transfers: [] }
}

/** Books what the steps moved, and shows everybody the session as it is now. @returns wallets that changed, in coins by guest. */
export async function conclude(match: Match, facts: SessionFacts): Promise<{ session: SessionView; wallets: Map<string, number> }> {
  const wallets = await settleUp(match)
  const session = sessionViewOf(facts)
  match.emit(quipflipEvents.sessionChanged.to(match.party.id, { session }))
  return { session, wallets }
}

/** Books what the steps moved. @returns wallets that changed, in coins by guest. */
export async function settleUp(match: Match): Promise<Map<string, number>> {
  return match.transfers.length === 0 ? new Map() : book(match, match.transfers, "Quipflip")
}

/** The session after something happened in it, and when its clock then has something to do [QF-S11] [QF-S16]. */
export function progressed(session: Session, now: Date): Session {
  const next = { ...session, progressedAt: now }
  return { ...next, dueAt: dueAt({ ...next, phaseEnd: next.phaseExpiresAt }) }
}

/** Something happened: the session changes, and with it when its clock has something to do [QF-S11] [QF-S16]. */
export async function changeSession(
  { tx, now }: { tx: Tx; now: Date },
  facts: SessionFacts,
  to: Partial<Session> = {},
): Promise<SessionFacts> {
  const { sessionId, progressedAt, dueAt: nextDueAt } = progressed({ ...facts.session, ...to }, now)
  const session = one(
    await tx
      .update(partySessions)
      .set({ ...to, progressedAt, dueAt: nextDueAt })
      .where(eq(partySessions.sessionId, sessionId))
      .returning(),
  )
  return { ...facts, session }
}

/** Changes a session that stands at this version, which then is the next: the one winner of an advance [QF-S3]. */
export async function enterPhase({ tx, now }: { tx: Tx; now: Date }, facts: SessionFacts, to: Partial<Session>): Promise<SessionFacts> {
  const { session } = facts
  const next = progressed({ ...session, ...to, phaseStartedAt: now, lifecycleVersion: session.lifecycleVersion + 1 }, now)
  const isAtVersion = sql`${partySessions.sessionId} = ${session.sessionId} and ${partySessions.lifecycleVersion} = ${session.lifecycleVersion}`
  const rows = await tx
    .update(partySessions)
    .set(next)
    .where(isAtVersion)
    .returning()
  return { ...facts, session: one(rows) }
}

/** Replaces what has the same id. */
export function putIn<T>(list: readonly T[], items: readonly T[], idOf: (item: T) => string): T[] {
  const changed = new Map(items.map((item) => [idOf(item), item]))
  const known = new Set(list.map(idOf))
  return [...list.map((item) => changed.get(idOf(item)) ?? item), ...items.filter((item) => !known.has(idOf(item)))]
}
