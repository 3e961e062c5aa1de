import { everydayWordsFor } from "./everyday-words"
import { hasRewordings, type Reading } from "./rewordings"
import { determiners, isSmallWord, nearNumbers, particles, subjects } from "./small-words"
import { readingsOf, type WordForm } from "./word-forms"
import type { PartOfSpeech, WordNet } from "./wordnet"

/** A word of a phrase that stays, or a word or two that mean something together and are to be replaced. */
export type PhraseUnit =
  | { readonly kind: "small"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "unknown"; readonly text: string; readonly role: Role }
  | { readonly kind: "telling"; readonly text: string; readonly role: Role; readonly reading: Reading }

/** What a phrase loses without the word: what it is about; how that is; or next to nothing. */
export type Role = "core" | "modifier" | "aside"

type Piece = { readonly text: string; readonly readings: readonly WeighedReading[] }
type WeighedReading = Reading & { readonly weight: number }

/** @param phrase in small letters */
export function unitsOf(phrase: string, wordNet: WordNet): PhraseUnit[] {
  const pieces = piecesOf(phrase.split(" "), wordNet)
  return pieces.map((piece, index) => unitOf(piece, pieces[index - 1], pieces[index + 1]))
}

/** Two words that WordNet knows as one, and knows others for (SHOW OFF), stay together. */
function piecesOf(words: readonly string[], wordNet: WordNet): Piece[] {
  const pieces: Piece[] = []
  for (let index = 0; index < words.length; index++) {
    const [text = "", next = ""] = words.slice(index)
    const together = isFixed(text) || next === "" ? [] : readingsOfTwo(text, next, wordNet)
    if (together.length > 0) {
      pieces.push({ text: `${text} ${next}`, readings: together })
      index++
      continue
    }
    pieces.push({ text, readings: isFixed(text) ? [] : readingsOfOne(text, wordNet) })
  }
  return pieces
}

const isFixed = (word: string) => isSmallWord(word) || nearNumbers(word).length > 0

function readingsOfOne(word: string, wordNet: WordNet): WeighedReading[] {
  return readingsOf(word).flatMap(({ lemma, form }) => weighed(lemma, form, wordNet))
}

function readingsOfTwo(first: string, second: string, wordNet: WordNet): WeighedReading[] {
  const isVerb = particles.has(second)
  if (!isVerb && isSmallWord(second)) return []
  const lemmas = isVerb
    ? readingsOf(first).map(({ lemma, form }) => ({ lemma: `${lemma} ${second}`, form }))
    : readingsOf(second).map(({ lemma, form }) => ({ lemma: `${first} ${lemma}`, form }))
  return lemmas
    .flatMap(({ lemma, form }) => weighed(lemma, form, wordNet))
    .filter((reading) => reading.part === (isVerb ? "verb" : "noun") && hasRewordings(reading, wordNet))
}

const partsOfForm: Readonly<Record<WordForm, readonly PartOfSpeech[]>> = {
  owner: ["noun"],
  base: ["noun", "verb", "adj", "adv"],
  plural: ["noun"],
  third: ["verb"],
  ing: ["verb"],
  past: ["verb"],
  participle: ["verb"],
}

function weighed(lemma: string, form: WordForm, wordNet: WordNet): WeighedReading[] {
  const senses = wordNet.sensesOf(lemma)
  return partsOfForm[form].flatMap((part) => {
    const own = senses.filter((sense) => sense.part === part)
    if (own.length === 0 && everydayWordsFor(lemma, part).size === 0) return []
    return [{ lemma, part, form, weight: own.reduce((sum, { uses }) => sum + uses, 0.5) }]
  })
}

function unitOf(piece: Piece, before: Piece | undefined, after: Piece | undefined): PhraseUnit {
  const { text, readings } = piece
  if (nearNumbers(text).length > 0) return { kind: "number", text }
  if (isSmallWord(text)) return { kind: "small", text }
  const place = placeOf(before, after)
  const likeliest = readings
    .map((reading) => ({ reading, weight: reading.weight * likelihood(reading, place) }))
    .sort((one, other) => other.weight - one.weight)[0]
  if (likeliest === undefined) return { kind: "unknown", text, role: place.isBeforeNamed ? "modifier" : "core" }
  const { reading } = likeliest
  return { kind: "telling", text, role: roleOf(reading, place), reading }
}

/** What stands on both sides of a word. */
type Place = {
  readonly isFirst: boolean
  readonly isAfterDeterminer: boolean
  readonly isAfterSubject: boolean
  readonly isAfterTelling: boolean
  readonly isBeforeTelling: boolean
  /** Before what may be a noun, or describe one. */
  readonly isBeforeNamed: boolean
  readonly isBeforeDeterminer: boolean
  readonly isLast: boolean
}

function placeOf(before: Piece | undefined, after: Piece | undefined): Place {
  return {
    isFirst: before === undefined,
    isAfterDeterminer: before !== undefined && (determiners.has(before.text) || nearNumbers(before.text).length > 0),
    isAfterSubject: before !== undefined && subjects.has(before.text),
    isAfterTelling: isTelling(before),
    isBeforeTelling: isTelling(after),
    isBeforeNamed: after?.readings.some(({ part }) => part === "noun" || part === "adj") ?? false,
    isBeforeDeterminer: after !== undefined && after.text !== "that" && determiners.has(after.text),
    isLast: after === undefined,
  }
}

const isTelling = (piece: Piece | undefined) => piece !== undefined && piece.readings.length > 0

function roleOf({ part, form }: Reading, place: Place): Role {
  if (part === "adv") return place.isAfterTelling ? "aside" : "core"
  if (!place.isBeforeNamed) return "core"
  if (part !== "verb") return "modifier"
  // Not the verb that says what happens.
  const isDescribing = form !== "third" && form !== "base" && place.isAfterDeterminer
  return isDescribing ? "modifier" : "core"
}

/** How well a reading goes with its place. Rough: nobody parses a phrase of three words. */
function likelihood({ lemma, part, form }: Reading, place: Place): number {
  const isInNounPhrase = place.isAfterDeterminer || place.isAfterTelling
  if (part === "noun") {
    if (place.isAfterSubject && !place.isAfterDeterminer) return 0.05
    return lemma.endsWith("ing") && form === "base" && (place.isFirst || place.isBeforeDeterminer) ? 0.05 : 1
  }
  if (part === "adj") {
    if (place.isBeforeTelling) return 4
    return isInNounPhrase ? 0.01 : 0.5
  }
  if (part === "adv") return place.isAfterDeterminer ? 0.1 : 1
  if (form === "base" || form === "third") {
    if (place.isAfterSubject && !place.isAfterDeterminer) return 20
    if (place.isFirst && place.isBeforeDeterminer) return 10
    if (place.isFirst) return form === "third" ? 0.3 : 0.1
    return form === "third" && place.isBeforeDeterminer ? 1 : 0.005
  }
  if (place.isAfterDeterminer || (place.isFirst && place.isBeforeTelling)) return place.isBeforeTelling ? 0.2 : 0.05
  return place.isAfterTelling && place.isLast ? 0.1 : 1
}
