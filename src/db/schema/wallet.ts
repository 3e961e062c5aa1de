import { sql } from "drizzle-orm"
import { check, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core"
import { parties } from "./party"

/** The ledger: every movement of coins with its two ends. Append-only; a correction is another row. */
export const ledgerTransfers = pgTable(
  "ledger_transfers",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    partyId: uuid("party_id").notNull().references(() => parties.id, { onDelete: "cascade" }),
    fromAccount: text("from_account").notNull(),
    toAccount: text("to_account").notNull(),
    amount: integer("amount").notNull(),
    category: text("category").notNull(),
    cause: text("cause").notNull(),
    note: text("note").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    uniqueIndex("ledger_transfers_idempotency_key").on(t.partyId, t.idempotencyKey),
    index("ledger_transfers_from").on(t.fromAccount),
    index("ledger_transfers_to").on(t.toAccount),
    index("ledger_transfers_cause").on(t.cause),
    check("ledger_transfers_amount_positive", sql`${t.amount} > 0`),
    check("ledger_transfers_two_ends", sql`${t.fromAccount} <> ${t.toAccount}`),
  ],
)
