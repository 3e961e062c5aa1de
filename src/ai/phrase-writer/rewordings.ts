import { everydayWordsFor } from "./everyday-words"
import { isSmallWord } from "./small-words"
import { inflected, type WordForm } from "./word-forms"
import type { PartOfSpeech, Sense, Synset, WordNet } from "./wordnet"

/** What a word, or two that belong together, are taken for. */
export type Reading = { readonly lemma: string; readonly part: PartOfSpeech; readonly form: WordForm }

/** What may stand in a word's place, and how readily it is chosen: more than 0. */
export type Rewording = { readonly text: string; readonly weight: number }

type Nearness = "same" | "similar" | "wider" | "narrower" | "sister"

/** How near the words of a neighbouring synset are to the meaning. */
const nearness: Readonly<Record<PartOfSpeech, Readonly<Record<Nearness, number>>>> = {
  noun: { same: 1, similar: 0, wider: 0.35, narrower: 0.3, sister: 0.25 },
  verb: { same: 1, similar: 0, wider: 0.2, narrower: 0.3, sister: 0.1 },
  adj: { same: 1, similar: 0.8, wider: 0, narrower: 0, sister: 0.25 },
  adv: { same: 1, similar: 0, wider: 0, narrower: 0, sister: 0 },
}

/** How far from a word its rewordings are looked for. */
export type Reach = {
  /** In WordNet's definitions and examples: below it, hardly anybody knows the word. */
  readonly fewestMentions: number
  /** Of all uses of a word: below it, nobody thinks of this meaning. */
  readonly smallestShare: number
  /** Of a wide family a member may be anything: a spider is no word for an animal. */
  readonly largestFamily: number
  readonly most: number
  /** Above 1: the readiest words more often still. */
  readonly sharpness: number
}

export const nearReach: Reach = { fewestMentions: 8, smallestShare: 0.1, largestFamily: 45, most: 14, sharpness: 1.7 }
export const farReach: Reach = { fewestMentions: 3, smallestShare: 0.04, largestFamily: 200, most: 40, sharpness: 1 }

/** Further meanings of a word are seldom the ones meant, and each less than the one before. */
const mostSenses = 3
const nextSense = 0.5

/**
 * Words that say about the same, in the same form, the readiest first: our own everyday words before WordNet's.
 * @returns in small letters
 */
export function rewordingsOf(reading: Reading, wordNet: WordNet, reach = nearReach): Rewording[] {
  const { lemma, part, form } = reading
  const found = [...wordNetWords(reading, wordNet, reach)]
    .sort(([, one], [, other]) => other - one)
    .slice(0, reach.most)
    .map(([word, weight]): [string, number] => [word, weight ** reach.sharpness])
  const everydayWeight = 2 * (found[0]?.[1] ?? 1)
  const everyday = [...everydayWordsFor(lemma, part)].map((word): [string, number] => [word, everydayWeight])
  const weights = new Map([...found, ...everyday])
  return [...weights]
    .map(([word, weight]) => ({ text: inflected(word, form), weight }))
    .sort((one, other) => other.weight - one.weight)
}

function wordNetWords({ lemma, part }: Reading, wordNet: WordNet, reach: Reach): Map<string, number> {
  const senses = weighedSenses(lemma, part, wordNet)
  const all = senses.reduce((sum, { weight }) => sum + weight, 0)
  const weights = new Map<string, number>()
  for (const { sense, weight } of senses.slice(0, mostSenses)) {
    const share = weight / all
    for (const { synset, place, nearness } of neighboursOf(sense, wordNet, reach)) {
      for (const word of synset.words) {
        const weight = share * nearness * fitness(word, place, wordNet, reach)
        // Only of the same meaning: a wider term of two words is a definition.
        if (nearness < 1 && word.includes(" ")) continue
        if (weight > 0 && isLike(word, lemma, part)) weights.set(word, (weights.get(word) ?? 0) + weight)
      }
    }
  }
  return weights
}

type WeighedSense = { readonly sense: Sense; readonly weight: number }

/** The likeliest first. Parties talk of things one can touch: a key is no explanation. */
function weighedSenses(lemma: string, part: PartOfSpeech, wordNet: WordNet): WeighedSense[] {
  return wordNet
    .sensesOf(lemma)
    .filter((sense) => sense.part === part)
    .map((sense, index) => {
      const isConcrete = part === "noun" && concreteFields.has(wordNet.synsetOf(sense).field)
      return { sense, weight: (sense.uses + 0.5) * nextSense ** index * (isConcrete ? 5 : 1) }
    })
    .sort((one, other) => other.weight - one.weight)
}

/** Animals, things people made, bodies, food, things found, people, plants. */
const concreteFields: ReadonlySet<number> = new Set([5, 6, 8, 13, 17, 18, 20])

export function hasRewordings(reading: Reading, wordNet: WordNet): boolean {
  return rewordingsOf(reading, wordNet).length > 0
}

type Place = Pick<Sense, "part" | "offset">
type Neighbour = { readonly synset: Synset; readonly place: Place; readonly nearness: number }

function neighboursOf(sense: Sense, wordNet: WordNet, reach: Reach): Neighbour[] {
  const near = nearness[sense.part]
  const own = { synset: wordNet.synsetOf(sense), place: sense, nearness: near.same }
  const along = (sign: string, from: readonly Neighbour[], nearness: number): Neighbour[] =>
    nearness === 0 ? [] : from.flatMap(({ synset }) => relativesOf(synset, sign, sense.part, nearness, wordNet))

  const similar = along("&", [own], near.similar)
  const wider = along("@", [own], near.wider).filter(({ synset }) => !isHollow(synset))
  const narrower = along("~", [own], near.narrower)
  const sisters = [...along("&", similar, near.sister), ...along("~", wider, near.sister)]
  const family = (members: Neighbour[]) => (members.length > reach.largestFamily ? [] : members)
  const all = [own, ...similar, ...wider, ...family(narrower), ...family(sisters)]
  return all.filter(({ synset }) => !isRude(synset)).map((one) => (one.synset.field === own.synset.field ? one : strange(one)))
}

/** Of another field: seldom what was meant. */
const strange = (neighbour: Neighbour) => ({ ...neighbour, nearness: neighbour.nearness / 3 })

function relativesOf(synset: Synset, sign: string, part: PartOfSpeech, nearness: number, wordNet: WordNet): Neighbour[] {
  return synset.relations
    .filter((relation) => relation.sign === sign && relation.part === part)
    .map((place) => ({ synset: wordNet.synsetOf(place), place, nearness }))
}

/** Two words for one spoil the rhythm. */
const pairWeight = 0.15

/** 0 for a word that hardly anybody knows, or that hardly ever has this meaning. */
function fitness(word: string, { part, offset }: Place, wordNet: WordNet, reach: Reach): number {
  const words = word.split(" ")
  if (!words.every((one) => /^[a-z]{2,}$/.test(one)) || words.length > 2) return 0
  if (isSmallWord(words[0] ?? "") || (part !== "verb" && words.some(isSmallWord))) return 0
  if (words.some((one) => onlyWritten.has(one) || notOurs.has(one))) return 0
  const senses = wordNet.sensesOf(word)
  const uses = senses.reduce((sum, sense) => sum + sense.uses + 0.5, 0)
  const here = senses.find((sense) => sense.part === part && sense.offset === offset)
  const share = here === undefined ? 0 : (here.uses + 0.5) / uses
  const known = Math.min(...words.map((one) => mentions(one, part, wordNet)))
  if (share < reach.smallestShare || known < reach.fewestMentions) return 0
  return Math.log2(Math.min(known, 200)) * Math.sqrt(share) * (words.length === 2 ? pairWeight : 1)
}

const formsOf: Readonly<Record<PartOfSpeech, readonly WordForm[]>> = {
  noun: ["base", "plural"],
  verb: ["base", "third", "ing", "past"],
  adj: ["base"],
  adv: ["base"],
}

/** In all its forms. What is in our own list is known well enough, whatever WordNet's makers wrote about. */
function mentions(word: string, part: PartOfSpeech, wordNet: WordNet): number {
  const found = formsOf[part].reduce((sum, form) => sum + wordNet.mentionsOf(inflected(word, form)), 0)
  return everydayWordsFor(word, part).size > 0 ? Math.max(found, 20) : found
}

/** Often in definitions, never in anybody's mouth. */
const onlyWritten: ReadonlySet<string> = new Set(
  "chromatic achromatic viscid ain genu caput sebaceous platyrrhine vertebrate hydrocarbon membrane aggregation".split(" "),
)

/** Harmless to WordNet, and nothing the house would say at any party, whatever its filter lets through. */
const notOurs: ReadonlySet<string> = new Set(
  `cock ass bitch bastard prick fag retard retardation rape raped orgy anus spastic ejaculate pornographic crap queer gay slave
  chink hump bum shag screw virgin abuse nude breast nipple murder butt molest lynch nazi gypsy cripple savage heathen
  negro eunuch incest corpse suicide`.split(/\s+/),
)

/** Terms so wide that they say nothing. */
const isHollow = ({ words }: Synset) => words.some((word) => hollow.has(word))

const hollow: ReadonlySet<string> = new Set(
  `entity object artifact whole unit matter substance instrumentality organism person individual cause state condition
  relation attribute abstraction group act action event process phenomenon location region part portion content
  communication property quality being body device implement equipment structure way covering material activity
  cognition measure quantity amount message signal creation product commodity change move be do have get`.split(/\s+/),
)

/** An adverb like an adverb; and no noun that looks like several where one is meant (TAILS). */
function isLike(word: string, lemma: string, part: PartOfSpeech): boolean {
  if (part === "adv" && word.endsWith("ly") !== lemma.endsWith("ly")) return false
  if (part === "noun" && /[^suio]s$/.test(word) && !lemma.endsWith("s")) return false
  return isOther(word, lemma)
}

/** With the same beginning two words are spelled nearly alike, or of one stem: the rules refuse both. */
function isOther(word: string, lemma: string): boolean {
  return word.split(" ").every((one) => lemma.split(" ").every((other) => !begins(one, other) && !begins(other, one)))
}

const begins = (one: string, other: string) => one.startsWith(other.slice(0, 4))

/** What WordNet itself calls an insult or an obscenity, and what a party leaves to the doctor. */
const isRude = ({ gloss }: Synset) => rude.test(gloss)

const rude =
  /\b(?:offensive|slurs?|disparag\w*|obscen\w*|vulgar\w*|derogatory|taboo|slang|despicable|contempt\w*|sexual\w*|prostitut\w*|genital\w*|penis|vagina|uterus|uterine|anus|pubic|breasts|excrement\w*)\b/i
