/** Which words are wanted. */
export type WordWish = {
  /** The host's theme as typed, or null for a mix. Untrusted. */
  readonly topic: string | null
  /** BCP 47: "en", "de", "pt-BR". */
  readonly language: string
  readonly count: number
  /** Words of this party that were played or wait in its stock; of a long list, the latest are told to the model. */
  readonly avoid: readonly string[]
  /** Asks for words fit for children. It is a wish: the party's family filter still has the last word. */
  readonly isFamily: boolean
}
