import type { Tx } from "@/db/client"
import type { Party } from "@/party/actor"
import { partyEvents } from "@/party/events"
import type { Announcement } from "@/realtime/event"
import { walletOf } from "@/wallet/accounts"
import { repayDebts, transfer, type Transfer } from "@/wallet/steps"

/** What a Quipflip command works with. */
export type Table = { tx: Tx; party: Party; now: Date; emit(announcement: Announcement): void }

/**
 * Books transfers, lets who was credited repay debts, and tells each guest's own screens [QF-S5] [WAL-7]. Call it once per
 * command: a guest's channel takes one event of it.
 * @returns the wallets that changed, in coins by guest.
 */
export async function book({ tx, party, now, emit }: Table, transfers: readonly Transfer[], reason: string): Promise<Map<string, number>> {
  const balances = await transfer(tx, party.id, now, transfers)
  const credited = balances.filter(({ guestId }) => movedCoins(guestId, transfers) > 0)
  const repaid = credited.length === 0 ? [] : await repayDebts(tx, party.id, now, credited, `${party.version}`)
  const after = new Map(balances.map(({ guestId, walletBalance }) => [guestId, walletBalance]))
  for (const { guestId, walletBalance } of repaid) after.set(guestId, walletBalance)
  for (const { guestId, walletBalance } of balances) {
    const left = after.get(guestId) ?? walletBalance
    const delta = movedCoins(guestId, transfers) - (walletBalance - left)
    emit(partyEvents.walletChanged.to(guestId, { walletBalance: left, delta, reason }))
  }
  return after
}

function movedCoins(guestId: string, transfers: readonly Transfer[]): number {
  const wallet = walletOf(guestId)
  return transfers.reduce((sum, { from, to, amount }) => sum + (to === wallet ? amount : 0) - (from === wallet ? amount : 0), 0)
}
