import { aiPlayerOf, house, potOf, vaultOf, walletOf, debtOf, type Account } from "@/wallet/accounts"
import type { Transfer } from "@/wallet/steps"
import { refundOf, type UnplayedReason } from "./fees"
import { netSplit } from "./net-split"
import { sharesOf } from "./payouts"
import { poolCoins, rightVoteCoins } from "./prize-pool"
import { phrasesetRoles, type PhrasesetRole, type RoundKind } from "./roles"

/** Who pays for a round and earns by it: a guest, else an AI player, else the house. */
export type Payer = { readonly playerId: string | null; readonly aiParticipantId: string | null }

/** What the ledger wants to know of a round. Coins. */
export type PaidRound = Payer & {
  readonly roundId: string
  readonly roundType: RoundKind
  readonly sessionId: string | null
  readonly feeCoins: number
  readonly lentCoins: number
  /** The prompt round whose pot takes the fee: its own, that of the copied prompt, that of the set voted on. */
  readonly potId: string
}

/** What a receipt and a changed purse say a movement was for. */
export const roundNotes: Readonly<Record<RoundKind, string>> = { PROMPT: "Quipflip original", COPY: "Quipflip copy", VOTE: "Quipflip vote" }

/** The fee into the pot of the prompt it is about; what the wallet does not reach is lent by the house [QF-E1] [QF-S5]. */
export function feeTransfers(round: PaidRound): Transfer[] {
  const { playerId, feeCoins, lentCoins, potId } = round
  const fee = movement(round, "fee", { from: accountOf(round), to: potOf(potId), amount: feeCoins, category: "entry_fee" })
  if (playerId === null || lentCoins === 0) return [fee]
  return [movement(round, "loan", { from: debtOf(playerId), to: walletOf(playerId), amount: lentCoins, category: "loan" }), fee]
}

/** What of the fee comes back when nothing was submitted; the house keeps the rest [QF-N3] [QF-S16]. */
export function refundTransfers(round: PaidRound, reason: UnplayedReason): Transfer[] {
  const pot = potOf(round.potId)
  const back = refundOf(round.roundType, round.feeCoins, reason)
  return withoutNothing([
    movement(round, "refund", { from: pot, to: accountOf(round), amount: back, category: "fee_refund" }),
    movement(round, "kept", { from: pot, to: house, amount: round.feeCoins - back, category: "house_take" }),
  ])
}

/** A right vote's 20 out of the pool [QF-N4] [QF-E8]. */
export function rightVoteTransfers(vote: PaidRound): Transfer[] {
  return payoutTransfers(vote, rightVoteCoins)
}

/** The house fills a new set's pot up to its base, or takes what the fees were more [QF-N4]. */
export function poolTransfers(set: { readonly poolBaseCoins: number; readonly rounds: readonly PaidRound[] }): Transfer[] {
  const prompt = set.rounds.find(({ roundType }) => roundType === "PROMPT")
  if (!prompt) return []
  const missing = set.poolBaseCoins - set.rounds.reduce((sum, { feeCoins }) => sum + feeCoins, 0)
  const pot = potOf(prompt.potId)
  return withoutNothing([
    movement(prompt, "cover", { from: house, to: pot, amount: Math.max(0, missing), category: "house_cover" }),
    movement(prompt, "surplus", { from: pot, to: house, amount: Math.max(0, -missing), category: "house_take" }),
  ])
}

/** A set that is over, with what everybody played in it. */
export type SettledSet = {
  readonly phrasesetId: string
  readonly poolBaseCoins: number
  readonly writers: Readonly<Record<PhrasesetRole, PaidRound>>
  readonly votes: readonly (PaidRound & { readonly choice: PhrasesetRole })[]
}

/** The pool at the end and what each phrase brings of it, in coins [QF-E7]. */
export function settlementOf({ poolBaseCoins, votes }: Pick<SettledSet, "poolBaseCoins" | "votes">) {
  const count = (role: PhrasesetRole) => votes.filter(({ choice }) => choice === role).length
  const counts = { ORIGINAL: count("ORIGINAL"), COPY_1: count("COPY_1"), COPY_2: count("COPY_2") }
  const pool = poolCoins({ baseCoins: poolBaseCoins, voteCount: votes.length, rightVoteCount: counts.ORIGINAL })
  return { pool, counts, ...sharesOf(pool, counts) }
}

/** Pays a set's writers out of its pot, which is empty then [QF-E7] [QF-E8]. Right votes are paid apart from this. */
export function settlementTransfers(set: SettledSet): Transfer[] {
  const { shares, houseCoins } = settlementOf(set)
  const original = set.writers.ORIGINAL
  return [
    ...phrasesetRoles.flatMap((role) => payoutTransfers(set.writers[role], shares[role])),
    ...withoutNothing([movement(original, "rounding", { from: potOf(original.potId), to: house, amount: houseCoins, category: "house_take" })]),
  ]
}

function payoutTransfers(round: PaidRound, grossCoins: number): Transfer[] {
  const from = potOf(round.potId)
  const { playerId } = round
  if (playerId === null) return withoutNothing([movement(round, "prize", { from, to: accountOf(round), amount: grossCoins, category: "prize" })])
  const { walletCoins, vaultCoins } = netSplit(grossCoins, round.feeCoins)
  return withoutNothing([
    movement(round, "prize", { from, to: walletOf(playerId), amount: walletCoins, category: "prize" }),
    movement(round, "vault", { from, to: vaultOf(playerId), amount: vaultCoins, category: "vault" }),
  ])
}

export function accountOf({ playerId, aiParticipantId }: Payer): Account {
  if (playerId !== null) return walletOf(playerId)
  return aiParticipantId === null ? house : aiPlayerOf(aiParticipantId)
}

/** What all movements of a session, or of a round outside one, have as their cause. */
export function causeOf({ sessionId, roundId }: Pick<PaidRound, "sessionId" | "roundId">): string {
  return `quipflip:${sessionId ?? roundId}`
}

/** Keyed by round and part: each happens once, however often it is asked [WAL-4]. */
function movement(round: PaidRound, part: string, how: Pick<Transfer, "from" | "to" | "amount" | "category">): Transfer {
  return { ...how, cause: causeOf(round), note: roundNotes[round.roundType], idempotencyKey: `quipflip:${round.roundId}:${part}` }
}

/** The ledger has no rows of nothing, nor from the house to itself. */
function withoutNothing(transfers: readonly Transfer[]): Transfer[] {
  return transfers.filter(({ amount, from, to }) => amount > 0 && from !== to)
}
