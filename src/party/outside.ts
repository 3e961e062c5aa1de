import type { Result } from "@/kernel/result"

/** What a command may ask beyond the database, before its transaction opens. All of it is slow, and may fail. */
export type Outside = {
  /** Null when no model is configured for it. */
  readonly meaning: Meaning | null
  readonly log: { warn(facts: Readonly<Record<string, string>>, message: string): void }
}

/** How near a text is to others in meaning: a cosine for each of them, in their order; or why nobody can tell. */
export type Meaning = (text: string, others: readonly string[]) => Promise<Result<readonly number[]>>
