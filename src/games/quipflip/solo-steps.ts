import type { Db, Tx } from "@/db/client"
import { ok, refuse, type Result } from "@/kernel/result"
import type { PartyUser } from "@/party/actor"
import type { Transfer } from "@/wallet/steps"
import { quipflipEvents } from "./events"
import { book, type Table } from "./money-steps"
import type { QuipflipRefusal } from "./refusals"
import { isOver, roundMs } from "./round-clock"
import { liveSheets, ownRound } from "./round-queries"
import { paidIn, type EngineRound, type Sheet } from "./round-sheet"
import { endRounds, insertRound } from "./round-steps"
import type { RoundKind } from "./roles"
import type { GivenBack } from "./solo-dealing"
import { standingOf } from "./solo-queries"
import { openRoundIn, queueCounts } from "./solo-view"
import { feeTransfers, roundNotes } from "./transfers"
import type { OpenRoundView } from "./view"

/** What a player is dealt: the kind, its price, and what it is about. */
export type Dealt = {
  readonly kind: RoundKind
  readonly feeCoins: number
  /** Of a prompt. */
  readonly promptText?: string
  /** Of a copy or a vote: what it belongs to. */
  readonly sheet?: Sheet
  readonly slot?: number
  readonly isSecondCopy?: boolean
  readonly seed?: number
}

/** May begin something. `transfers` give back what is left of a round that was over and nobody had noted yet [QF-E13]. */
export type Ready = { readonly givenBack: readonly GivenBack[]; readonly transfers: readonly Transfer[] }

/** Whether this guest may begin something alone: nothing of theirs runs, here or in a session [QF-E1] [QF-E9]. */
export async function readyToBegin({ tx, now }: Table, guestId: string): Promise<Result<Ready, QuipflipRefusal>> {
  const { running, isInSession, givenBack } = await standingOf(tx, guestId)
  if (isInSession) return refuse("in_another_session")
  if (running === null) return ok({ givenBack, transfers: [] })
  if (running.sessionId !== null || !isOver(running.expiresAt, now)) return refuse("own_round_running")
  const own = await ownRound(tx, guestId, running.roundId)
  const transfers = own ? await endRounds(tx, now, [{ ...own, reason: "TIMED_OUT" }]) : []
  return ok({ givenBack, transfers })
}

/** Begins the round that was dealt and charges its fee [QF-E1]. Nothing is lent [QF-E9]. */
export async function begin(
  table: Table,
  guest: PartyUser,
  ready: Ready,
  dealt: Dealt,
): Promise<Result<{ round: OpenRoundView; walletBalance: number }, QuipflipRefusal>> {
  const { tx, party, now } = table
  const { kind, feeCoins, sheet } = dealt
  const balance = guest.walletBalance + coinsTo(guest.id, ready.transfers)
  if (balance < feeCoins) return refuse("insufficient_balance", { fee: feeCoins, balance })
  const round = await insertRound(tx, {
    partyId: party.id,
    playerId: guest.id,
    roundType: kind,
    feeCoins,
    createdAt: now,
    expiresAt: new Date(now.getTime() + roundMs[kind]),
    promptText: dealt.promptText,
    ...(kind === "COPY" ? { promptRoundId: sheet?.prompt.roundId, slot: dealt.slot, isSecondCopy: dealt.isSecondCopy } : {}),
    ...(kind === "VOTE" ? { phrasesetId: sheet?.set?.phrasesetId, seed: dealt.seed } : {}),
  })
  const its: Sheet = sheet ?? { prompt: round, copies: [], set: null, votes: [] }
  const wallets = await book(table, [...ready.transfers, ...feeTransfers(paidIn(its, round))], roundNotes[kind])
  if (kind === "COPY" || ready.transfers.length > 0) await announceQueue(table)
  return ok({ round: openRoundIn(its, round), walletBalance: wallets.get(guest.id) ?? balance })
}

/** A guest's own round outside sessions that can still be played [QF-E1] [QF-N7]. */
export async function playableRound(
  db: Db | Tx,
  now: Date,
  guestId: string,
  roundId: string,
): Promise<Result<{ round: EngineRound; sheet: Sheet }, QuipflipRefusal>> {
  const own = await ownRound(db, guestId, roundId)
  if (!own || own.round.sessionId !== null) return refuse("round_not_found")
  const { round, sheet } = own
  if (round.status === "SUBMITTED") return refuse("already_submitted")
  if (round.roundType === "VOTE" && isVoteClosed(sheet, now)) return refuse("phraseset_final")
  return round.status !== "ACTIVE" || isOver(round.expiresAt, now) ? refuse("round_over") : ok(own)
}

function isVoteClosed({ set }: Sheet, now: Date): boolean {
  return set?.status === "FINALIZED" || (set?.finalAt != null && set.finalAt.getTime() <= now.getTime())
}

/** Tells every screen what waits now. */
export async function announceQueue({ tx, party, emit }: Table): Promise<void> {
  emit(quipflipEvents.queueChanged.to(party.id, queueCounts(await liveSheets(tx, party.id))))
}

function coinsTo(guestId: string, transfers: readonly Transfer[]): number {
  return transfers.filter(({ to }) => to === `wallet:${guestId}`).reduce((sum, { amount }) => sum + amount, 0)
}
