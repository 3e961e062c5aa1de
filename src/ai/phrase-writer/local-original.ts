import type { Random } from "@/kernel/random"
import { shuffled } from "@/kernel/shuffled"
import { fillerDeck } from "../filler-deck/filler-deck"
import { withArticles } from "./articles"
import { deeds, manyThings, nouns, qualities, sayings, somebodies, things } from "./phrase-bank"
import { type PromptKind, promptKindOf } from "./prompt-kind"
import { inflected, type WordForm } from "./word-forms"

export type OriginalWish = {
  readonly prompt: string
  /** Every rule an original has to keep, the family filter among them. */
  readonly accepts: (phrase: string) => boolean
  readonly random: Random
}

/**
 * A phrase that finishes a prompt, written without a model: the original of the ready set where the prompt is one's, else
 * one of the kind the prompt asks for.
 * @returns a phrase `accepts` said yes to; null when nothing we have passes
 */
export function localOriginal({ prompt, accepts, random }: OriginalWish): string | null {
  const ready = fillerDeck.find((set) => set.prompt === prompt)
  if (ready && accepts(ready.original)) return ready.original
  const fitting = phrasesFor(promptKindOf(prompt), random).map((phrase) => withArticles(phrase).toUpperCase())
  const others = shuffled(fillerDeck.map(({ original }) => original), random)
  return [...fitting, ...others].find(accepts) ?? null
}

/** All we have of a kind, in an order of chance. Small letters. */
function phrasesFor(kind: PromptKind, random: Random): string[] {
  switch (kind) {
    case "thing":
      return shuffled([...things, ...madeUpThings(random).map((thing) => `a ${thing}`)], random)
    case "bareThing":
      return shuffled(madeUpThings(random), random)
    case "things":
      return shuffled(manyThings, random)
    case "saying":
      return shuffled(sayings, random)
    case "doing":
      return deedsAs("ing", random)
    case "do":
      return deedsAs("base", random)
    case "does":
      return deedsAs("third", random)
    case "did":
      return deedsAs("past", random)
    case "clause":
      return deedsAs("past", random).map((deed) => `${oneOf(somebodies, random)} ${deed}`)
  }
}

const deedsAs = (form: WordForm, random: Random) => shuffled(deeds, random).map((deed) => withVerbAs(form, deed))

function withVerbAs(form: WordForm, deed: string): string {
  const [verb = "", ...rest] = deed.split(" ")
  return [inflected(verb, form), ...rest].join(" ")
}

/** "nervous penguin": as many as there are nouns, each once. */
function madeUpThings(random: Random): string[] {
  return nouns.map((noun) => `${oneOf(qualities, random)} ${noun}`)
}

const oneOf = (list: readonly string[], random: Random) => list[random.int(0, list.length - 1)] ?? ""
