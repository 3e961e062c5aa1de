import type { Random } from "@/kernel/random"
import { shuffled } from "@/kernel/shuffled"
import { fillerDeck } from "../filler-deck/filler-deck"
import { withArticles } from "./articles"
import { type PhraseUnit, unitsOf } from "./phrase-units"
import { farReach, nearReach, type Reach, type Rewording, rewordingsOf } from "./rewordings"
import { isSmallWord, nearNumbers, smallWordsFor } from "./small-words"
import { readWordNet, type WordNet } from "./wordnet"

export type CopyWish = {
  readonly original: string
  /** Every rule a copy has to keep, the family filter among them. */
  readonly accepts: (phrase: string) => boolean
  readonly random: Random
}

/** Within each reach. Each candidate costs a check of all rules. */
const mostCandidates = 80

/**
 * A copy of an original, written without a model: its telling words replaced by others that mean about the same, or,
 * where nothing of that kind passes, a phrase of the ready sets that has its shape. The first call reads WordNet; where
 * that cannot be read, the ready sets have to do, for a match must not stand still for want of a file.
 * @returns a phrase `accepts` said yes to; null when there is none at all
 */
export async function localCopy(wish: CopyWish): Promise<string | null> {
  const wordNet = await readWordNet().catch(() => null)
  return (wordNet && rewordedCopy(wish, wordNet)) ?? readyCopy(wish)
}

/** @returns null when no rewording passes */
export function rewordedCopy({ original, accepts, random }: CopyWish, wordNet: WordNet): string | null {
  const units = unitsOf(original.toLowerCase(), wordNet)
  const tried = new Set([original])
  for (const reach of [nearReach, farReach]) {
    const slots = units.map((unit, place) => slotOf(unit, place === 0, wordNet, reach))
    for (let turn = 0; turn < mostCandidates; turn++) {
      const phrase = withArticles(slots.map((slot) => drawn(slot, random)).join(" ")).toUpperCase()
      if (tried.has(phrase) || isStammering(phrase)) continue
      tried.add(phrase)
      if (accepts(phrase)) return phrase
    }
  }
  return null
}

/** GOLD GOLD, BOTTOMS AND BOTTOMS. */
const isStammering = (phrase: string) => /\b(\w{4,})\b.*\b\1\b/.test(phrase)

function readyCopy({ original, accepts, random }: CopyWish): string | null {
  // Its own set may be voted on tonight as well.
  const sets = fillerDeck.filter((set) => set.original !== original)
  const phrases = shuffled(sets.flatMap((set) => [set.original, ...set.copies]), random).filter((phrase) => phrase !== original)
  const alike = phrases.filter((phrase) => shapeOf(phrase) === shapeOf(original))
  return [...alike, ...phrases].find(accepts) ?? null
}

/** Where the words stand that hold it together: "A _ _ OF _". */
const shapeOf = (phrase: string) => phrase.toLowerCase().replace(/[a-z']+/g, (word) => (isSmallWord(word) ? word : "_"))

/** What may stand in one place of the phrase; an empty text leaves the place out. */
type Slot = readonly Rewording[]

function slotOf(unit: PhraseUnit, isFirst: boolean, wordNet: WordNet, reach: Reach): Slot {
  if (unit.kind === "small") return smallSlot(unit.text, isFirst)
  if (unit.kind === "number") return nearNumbers(unit.text).map(evenly)
  const rewordings = unit.kind === "telling" ? rewordingsOf(unit.reading, wordNet, reach) : []
  const isSpare = reach === farReach || rewordings.length === 0
  if (isSpare && unit.role === "aside") return [...rewordings, evenly("")]
  if (isSpare && unit.role === "modifier") return [...rewordings, ...plainModifiers]
  return rewordings.length > 0 ? rewordings : [evenly(unit.text)]
}

/** Changed at the beginning only, where it is least seen, unless it has to be. */
function smallSlot(text: string, isFirst: boolean): Slot {
  const words = smallWordsFor(text)
  return (isFirst || !words.includes(text) ? words : [text]).map(evenly)
}

const evenly = (text: string): Rewording => ({ text, weight: 1 })

/** What says little, before any word: better than to give the phrase up. */
export const plainModifiers: Slot = ["", "", "little", "strange", "simple", "curious", "odd"].map(evenly)

function drawn(slot: Slot, random: Random): string {
  const total = slot.reduce((sum, { weight }) => sum + weight, 0)
  let rest = (random.int(0, 999_999) / 1_000_000) * total
  for (const { text, weight } of slot) {
    rest -= weight
    if (rest < 0) return text
  }
  return slot.at(-1)?.text ?? ""
}
