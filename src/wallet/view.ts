/** One line of a guest's receipt. Coins, signed: what it did to the purse, the vault and the debt. ISO instant. */
export type ReceiptLine = {
  id: string
  category: string
  note: string
  walletCoins: number
  vaultCoins: number
  owedCoins: number
  at: string
}
