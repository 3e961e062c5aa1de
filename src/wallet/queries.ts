import { and, desc, eq, inArray, or, sql } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"
import { ledgerTransfers } from "@/db/schema/wallet"
import { debtOf, vaultOf, walletOf } from "./accounts"
import type { ReceiptLine } from "./view"

/** The newest movements of one guest's wallet, vault and debt: at most 200, newest first [WAL-5]. */
export async function receiptOf(db: Db | Tx, partyId: string, guestId: string): Promise<ReceiptLine[]> {
  const own = [walletOf(guestId), vaultOf(guestId), debtOf(guestId)] as string[]
  const rows = await db
    .select()
    .from(ledgerTransfers)
    .where(
      and(
        eq(ledgerTransfers.partyId, partyId),
        or(inArray(ledgerTransfers.fromAccount, own), inArray(ledgerTransfers.toAccount, own)),
      ),
    )
    // Of one instant what came in is the older: a loan comes before the fee it pays, and no purse runs below zero.
    .orderBy(desc(ledgerTransfers.createdAt), sql`(${ledgerTransfers.toAccount} = ${walletOf(guestId)})::integer`, desc(ledgerTransfers.id))
    .limit(200)
  return rows.map((row) => {
    const sign = (account: string) => Number(row.toAccount === account) - Number(row.fromAccount === account)
    return {
      id: row.id,
      category: row.category,
      note: row.note,
      walletCoins: row.amount * sign(walletOf(guestId)),
      vaultCoins: row.amount * sign(vaultOf(guestId)),
      owedCoins: -row.amount * sign(debtOf(guestId)),
      at: row.createdAt.toISOString(),
    }
  })
}

/** What each of these guests owes the house, in coins; guests who owe nothing are left out [WAL-6]. */
export async function debtsOf(db: Db | Tx, partyId: string, guestIds: readonly string[]): Promise<Map<string, number>> {
  if (guestIds.length === 0) return new Map()
  const accounts = guestIds.map(debtOf) as string[]
  const rows = await db
    .select({
      account: sql<string>`account`,
      owed: sql<number>`sum(owed)::integer`,
    })
    .from(
      sql`(
        select ${ledgerTransfers.fromAccount} as account, ${ledgerTransfers.amount} as owed from ${ledgerTransfers}
        where ${ledgerTransfers.partyId} = ${partyId} and ${inArray(ledgerTransfers.fromAccount, accounts)}
        union all
        select ${ledgerTransfers.toAccount}, -${ledgerTransfers.amount} from ${ledgerTransfers}
        where ${ledgerTransfers.partyId} = ${partyId} and ${inArray(ledgerTransfers.toAccount, accounts)}
      ) as entries`,
    )
    .groupBy(sql`account`)
  return new Map(rows.filter((r) => r.owed > 0).map((r) => [r.account.slice("debt:".length), r.owed]))
}
