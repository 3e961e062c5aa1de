import { phraseOrder } from "../phrase-order"
import { type SetBeat, setBeats } from "../reveal-timeline"
import type { RevealedPhrase, RevealedSet } from "../view"

/** Whether the telling of a set has come to `wanted`. */
export function isTold(beat: SetBeat, wanted: SetBeat): boolean {
  return setBeats.indexOf(beat) >= setBeats.indexOf(wanted)
}

/** A set's phrases in the order of the screen: the same after a reload, and no place gives the original away. */
export function toldPhrases({ phrasesetId, phrases }: RevealedSet): RevealedPhrase[] {
  const order = phraseOrder(seedOf(phrasesetId))
  return phrases.toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
}

function seedOf(id: string): number {
  return Array.from(id).reduce((seed, letter) => (Math.imul(seed, 31) + (letter.codePointAt(0) ?? 0)) >>> 0, 7)
}

/** How the voters did, in a sentence. */
export function verdictWords({ phrases }: RevealedSet): string {
  const votes = phrases.reduce((sum, { voters }) => sum + voters.length, 0)
  const right = phrases.find(({ role }) => role === "ORIGINAL")?.voters.length ?? 0
  if (votes === 0) return "Nobody could vote on this one."
  if (right === 0) return votes === 1 ? "Fooled!" : "Everybody was fooled!"
  if (right === votes) return votes === 1 ? "Found it!" : "Everybody found it!"
  return `${right} of ${votes} found it.`
}

const mostFooled = 2

/** Who fell for whom, once the writers are told; null where no copy fooled more than the other, or only the house voted. */
export function storyWords({ phrases }: RevealedSet): string | null {
  const people = (phrase: RevealedPhrase) => phrase.voters.filter(({ isByHouse }) => !isByHouse)
  const voterCount = phrases.flatMap(people).length
  const [best, next] = phrases.filter(({ role }) => role !== "ORIGINAL").toSorted((a, b) => people(b).length - people(a).length)
  if (!best || people(best).length === (next ? people(next).length : 0)) return null
  const fooled = people(best).map(({ name }) => name)
  const writer = best.writer && !best.isByHouse ? best.writer.name : "The house"
  if (fooled.length > 1 && fooled.length === voterCount) return `${writer} fooled everybody!`
  return `${writer} fooled ${fooled.length > mostFooled ? fooled.length : fooled.join(" and ")}!`
}

/** Whose phrase it is, in a word or two. */
export function writerWords({ writer, isByHouse }: RevealedPhrase): string {
  if (!writer) return "the house"
  if (writer.isAi) return `${writer.name} (AI)`
  return isByHouse ? `the house, for ${writer.name}` : writer.name
}
