import { sql } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"

export type Imbalance = { readonly what: string; readonly ledger: number; readonly cached: number }

/**
 * The law of money [WAL-1] [WAL-2]: in one party all accounts add up to zero, and every cached balance equals its ledger.
 * @returns what breaks the law; an empty list when it holds.
 */
export async function imbalancesOf(db: Db | Tx, partyId: string): Promise<Imbalance[]> {
  const result = await db.execute<{ what: string; ledger: number; cached: number }>(sql`
    with entries as (
      select from_account as account, -amount::bigint as amount from ledger_transfers where party_id = ${partyId}::uuid
      union all
      select to_account, amount::bigint from ledger_transfers where party_id = ${partyId}::uuid
    ),
    balances as (select account, sum(amount) as balance from entries group by account),
    cached as (
      select 'wallet:' || id as account, wallet_balance as balance from party_users where party_id = ${partyId}::uuid
      union all
      select 'vault:' || id, vault_balance from party_users where party_id = ${partyId}::uuid
    ),
    broken as (
      select c.account as what, coalesce(b.balance, 0) as ledger, c.balance as cached
      from cached c left join balances b on b.account = c.account
      where coalesce(b.balance, 0) <> c.balance
      union all
      select b.account, b.balance, 0 from balances b
      where (b.account like 'wallet:%' or b.account like 'vault:%') and not exists (select 1 from cached c where c.account = b.account)
      union all
      select 'all cached purses, pots, debts and the house', 
        coalesce((select sum(balance) from balances where account not like 'wallet:%' and account not like 'vault:%'), 0),
        -coalesce((select sum(balance) from cached), 0)
    )
    select what, ledger::float8 as ledger, cached::float8 as cached from broken where ledger <> cached`)
  return result.rows
}
