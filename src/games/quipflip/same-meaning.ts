/** A cosine of two phrases' embeddings from which on they mean the same [QF-P12]. */
const sameFrom = 0.8

/** Whether a phrase means the same as one of the texts it was held against, by its cosine with each of them [QF-P12]. */
export function meansTheSame(cosines: readonly number[]): boolean {
  return cosines.some((cosine) => cosine >= sameFrom)
}
