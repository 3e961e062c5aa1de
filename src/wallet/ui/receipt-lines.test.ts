import { describe, expect, it } from "vitest"
import type { ReceiptLine } from "../view"
import { causeOf, withRunningPurse } from "./receipt-lines"

const line = (walletCoins: number, category = "stake"): ReceiptLine => ({
  id: String(walletCoins),
  category,
  note: "",
  walletCoins,
  vaultCoins: 0,
  owedCoins: 0,
  at: "2026-11-21T20:00:00.000Z",
})

describe("withRunningPurse", () => {
  it("[WAL-5] tells the purse after each movement, whatever the purse is by now", () => {
    const newestFirst = [line(400, "payout"), line(-200), line(1000, "door")]
    const after = (balance: number) => withRunningPurse(newestFirst, balance).map(({ walletAfter }) => walletAfter)
    expect(after(1200)).toEqual([1200, 800, 1000])
    expect(after(700)).toEqual([1200, 800, 1000])
  })

  it("counts back from the purse where the receipt was cut off", () => {
    const cut = Array.from({ length: 200 }, () => line(-10))
    const running = withRunningPurse(cut, 5000)
    expect(running[0]?.walletAfter).toBe(5000)
    expect(running[199]?.walletAfter).toBe(6990)
  })
})

describe("causeOf", () => {
  it("has words for every category a guest can meet, and for one from the future", () => {
    const known = ["door", "grant", "stake", "payout", "refund", "entry_fee", "fee_refund", "loan", "vault", "reversal", "debt", "debt_repayment"]
    expect(new Set(known.map((category) => causeOf(line(1, category)))).size).toBe(known.length)
    expect(causeOf(line(1, "quipflip_prize"))).toBe("Coins moved")
  })
})
