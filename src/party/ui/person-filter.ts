/** Somebody who can be picked. */
export type Person = {
  readonly id: string
  readonly name: string
  /** A short remark beside the name: "P2 · 1:24.500", "guest". */
  readonly note?: string
  /** Typing this number finds the person: the position in the race. */
  readonly number?: number
}

/**
 * Who is meant by what was typed, best first: the position, then names that begin so, then names with a word that
 * begins so, then names that contain it. Case and accents do not count. Everybody for an empty text, in the order given.
 */
export function filterPeople<P extends Person>(people: readonly P[], typed: string): P[] {
  const wanted = plain(typed)
  if (wanted === "") return [...people]
  return people
    .map((person) => ({ person, rank: rankOf(person, wanted) }))
    .filter(({ rank }) => rank < noMatch)
    .sort((a, b) => a.rank - b.rank)
    .map(({ person }) => person)
}

const noMatch = 4

function rankOf({ name, number }: Person, wanted: string): number {
  const text = plain(name)
  if (String(number) === wanted) return 0
  if (text.startsWith(wanted)) return 1
  if (text.split(" ").some((word) => word.startsWith(wanted))) return 2
  return text.includes(wanted) ? 3 : noMatch
}

/** For comparing names: no case, no accents, no surplus blanks. */
export function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\s+/gu, " ")
    .trim()
}
