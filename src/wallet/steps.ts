import { sql } from "drizzle-orm"
import type { Tx } from "@/db/client"
import { type Account, debtOf, walletOf } from "./accounts"
import { debtsOf } from "./queries"

/** Why coins moved. A receipt has one sentence for each. */
export type TransferCategory =
  | "door"
  | "grant"
  | "stake"
  | "payout"
  | "refund"
  | "prize"
  | "house_cover"
  | "house_take"
  | "reversal"
  | "entry_fee"
  | "fee_refund"
  | "loan"
  | "vault"
  | "debt"
  | "debt_repayment"

/** Coins from one account to another. The idempotency key is unique per party: the same cause moves coins once. */
export type Transfer = {
  readonly from: Account
  readonly to: Account
  readonly amount: number
  readonly category: TransferCategory
  /** What it was for: `bet:<id>`, `market:<id>`, `guest:<id>`. */
  readonly cause: string
  /** What a person reads on the receipt after the category. */
  readonly note: string
  readonly idempotencyKey: string
}

/** A guest's cached balances after a movement. Coins. */
export type Balance = { readonly guestId: string; readonly walletBalance: number; readonly vaultBalance: number }

/**
 * Writes the transfers and moves the cached balances in one statement, so that no moment exists in which they differ [WAL-2].
 * A transfer whose key was used before is left out: nothing is paid twice [WAL-4].
 * @returns the balances of the guests whose purse changed.
 * @throws when a wallet or vault would go below zero (Postgres' CHECK): the command should have decided that before.
 */
export async function transfer(
  tx: Tx,
  partyId: string,
  now: Date,
  transfers: readonly Transfer[],
): Promise<Balance[]> {
  if (transfers.length === 0) return []
  const rows = JSON.stringify(
    transfers.map((t) => ({
      from_account: t.from,
      to_account: t.to,
      amount: t.amount,
      category: t.category,
      cause: t.cause,
      note: t.note,
      idempotency_key: t.idempotencyKey,
    })),
  )
  const result = await tx.execute<{ id: string; wallet_balance: number; vault_balance: number }>(sql`
    with moved as (
      insert into ledger_transfers
        (party_id, from_account, to_account, amount, category, cause, note, idempotency_key, created_at)
      select ${partyId}::uuid, from_account, to_account, amount, category, cause, note, idempotency_key, ${now.toISOString()}::timestamptz
      from jsonb_to_recordset(${rows}::jsonb) as r(
        from_account text, to_account text, amount integer, category text, cause text, note text, idempotency_key text)
      on conflict (party_id, idempotency_key) do nothing
      returning from_account, to_account, amount
    ),
    entries as (
      select from_account as account, -amount as amount from moved
      union all
      select to_account, amount from moved
    ),
    changes as (
      select split_part(account, ':', 2)::uuid as guest_id,
        coalesce(sum(amount) filter (where account like 'wallet:%'), 0)::integer as wallet,
        coalesce(sum(amount) filter (where account like 'vault:%'), 0)::integer as vault
      from entries where account like 'wallet:%' or account like 'vault:%'
      group by 1
    )
    update party_users u
    set wallet_balance = u.wallet_balance + c.wallet, vault_balance = u.vault_balance + c.vault
    from changes c where u.id = c.guest_id and u.party_id = ${partyId}::uuid
    returning u.id, u.wallet_balance, u.vault_balance`)
  return result.rows.map((row) => ({ guestId: row.id, walletBalance: row.wallet_balance, vaultBalance: row.vault_balance }))
}

/**
 * Lets guests who were just credited pay back what they owe the house, as far as their wallet goes [WAL-7].
 * @param balances the balances after the credit; @param occasion makes the keys unique (the command's version).
 * @returns the balances after repayment, for every guest given.
 */
export async function repayDebts(
  tx: Tx,
  partyId: string,
  now: Date,
  balances: readonly Balance[],
  occasion: string,
): Promise<Balance[]> {
  const debts = await debtsOf(tx, partyId, balances.map((b) => b.guestId))
  const repayments = balances.flatMap((b): Transfer[] => {
    const amount = Math.min(debts.get(b.guestId) ?? 0, b.walletBalance)
    if (amount === 0) return []
    return [
      {
        from: walletOf(b.guestId),
        to: debtOf(b.guestId),
        amount,
        category: "debt_repayment",
        cause: `guest:${b.guestId}`,
        note: "Paid back to the house",
        idempotencyKey: `repay:${occasion}:${b.guestId}`,
      },
    ]
  })
  const after = new Map((await transfer(tx, partyId, now, repayments)).map((b) => [b.guestId, b]))
  return balances.map((b) => after.get(b.guestId) ?? b)
}
