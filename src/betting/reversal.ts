import { debtOf, type Account } from "@/wallet/accounts"
import type { Transfer } from "@/wallet/steps"

type Movement = { readonly id: string; readonly from: Account; readonly to: Account; readonly amount: number }

/**
 * The transfers that undo these movements [BET-13]. A wallet gives back what it has; the rest comes from the guest's
 * debt account, which then stands below zero: what the guest owes the house [WAL-6].
 * @param purses coins in each guest's wallet now.
 */
export function planReversal(
  movements: readonly Movement[],
  purses: ReadonlyMap<string, number>,
): Omit<Transfer, "cause">[] {
  const left = new Map(purses)
  return movements.flatMap((movement): Omit<Transfer, "cause">[] => {
    const guestId = movement.to.startsWith("wallet:") ? movement.to.slice("wallet:".length) : null
    const available = guestId === null ? movement.amount : Math.min(movement.amount, left.get(guestId) ?? 0)
    const owed = movement.amount - available
    if (guestId !== null) left.set(guestId, (left.get(guestId) ?? 0) - available)
    const parts: Omit<Transfer, "cause">[] = []
    if (available > 0) {
      parts.push({
        from: movement.to,
        to: movement.from,
        amount: available,
        category: "reversal",
        note: "Result corrected",
        idempotencyKey: `reverse:${movement.id}`,
      })
    }
    if (owed > 0 && guestId !== null) {
      parts.push({
        from: debtOf(guestId),
        to: movement.from,
        amount: owed,
        category: "debt",
        note: "Result corrected: owed to the house",
        idempotencyKey: `owe:${movement.id}`,
      })
    }
    return parts
  })
}
