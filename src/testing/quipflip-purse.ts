import { house, walletOf } from "@/wallet/accounts"
import { transfer } from "@/wallet/steps"
import type { Night } from "./start-party"

/** Takes coins away until a guest has no more than this. */
export async function leaveWith(night: Night, name: string, coins: number): Promise<void> {
  const guestId = night.idOf(name)
  const amount = (await night.purse(name)) - coins
  if (amount <= 0) return
  const loss = { from: walletOf(guestId), to: house, amount, category: "stake", cause: `guest:${guestId}`, note: "Lost", idempotencyKey: `lost:${guestId}` } as const
  await night.runtime.db.transaction((tx) => transfer(tx, night.party.id, night.clock.now(), [loss]))
}
