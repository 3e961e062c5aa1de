/** The colours of the show. A subtree picks one with `data-accent`; `ui/` does not know what they stand for. */
export type Accent = "party" | "racing" | "imposter" | "quipflip" | "lan" | "coins"
