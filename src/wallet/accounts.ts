/** An account of the ledger, by name. Every transfer has two of them. */
export type Account = `wallet:${string}` | `vault:${string}` | `debt:${string}` | `pot:${string}` | `ai:${string}` | "house"

/** What a guest can spend. Cached in `party_users.wallet_balance`; never below zero. */
export const walletOf = (guestId: string): Account => `wallet:${guestId}`
/** What a guest keeps and cannot spend. Cached in `party_users.vault_balance`. */
export const vaultOf = (guestId: string): Account => `vault:${guestId}`
/** What a guest owes the house after a correction: zero or negative. */
export const debtOf = (guestId: string): Account => `debt:${guestId}`
/** The stakes on one market, or what was paid for a prompt and its copies and votes. Zero before the first and after settling. */
export const potOf = (marketOrPromptId: string): Account => `pot:${marketOrPromptId}`
/** What an AI player of a Quipflip session has won or lost: it brings no coins along and may go below zero. */
export const aiPlayerOf = (participantId: string): Account => `ai:${participantId}`
/** The party's bank: where coins come from and where roundings go. */
export const house: Account = "house"
