/** The three places of a phraseset: the original and its two copies [QF-E3]. */
export const phrasesetRoles = ["ORIGINAL", "COPY_1", "COPY_2"] as const

export type PhrasesetRole = (typeof phrasesetRoles)[number]

/** What a player does in a round [QF-E1]. */
export type RoundKind = "PROMPT" | "COPY" | "VOTE"
