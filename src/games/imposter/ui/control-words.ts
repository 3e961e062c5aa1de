import { deckLanguage } from "../topic"
import type { RoundView, SettingsView } from "../view"

type NameOf = (guestId: string) => string

/** How a round ended, in a line or two. Empty while it is not revealed. */
export function resultWords({ reveal, round }: RoundView, nameOf: NameOf): string {
  if (!reveal) return ""
  const { outcome, outId, imposterIds, word, hint, guess } = reveal
  const imposters = namesOf(imposterIds, nameOf)
  const words = word === null ? "" : ` The word was “${word}”, the hint “${hint ?? ""}”.`
  if (outcome === "CALLED_OFF") return `Round ${round} was called off. ${imposters} had the hint.${words}`
  if (outcome === "ESCAPED") {
    const out = outId === null ? "nobody was voted out" : `${nameOf(outId)} was out and innocent`
    return `Round ${round}: ${imposters} got away, ${out}.${words}`
  }
  const guessed = guess === null ? "" : ` The guess “${guess.text}” was ${guess.isRight ? "right" : "wrong"}.`
  return `Round ${round}: ${outId === null ? imposters : nameOf(outId)} was caught.${words}${guessed}`
}

/** How many pairs wait for this topic, and what is played without. */
export function stockWords({ pairsReady, theme, language }: SettingsView, categoryTitle: string | null): string {
  const deck = `the deck${language === deckLanguage ? "" : ", which is in English"}`
  const about = theme !== null ? `“${theme}”` : (categoryTitle ?? "any topic")
  if (pairsReady > 0) return `${pairsReady} ${pairsReady === 1 ? "pair" : "pairs"} about ${about} ready. After these: ${deck}.`
  return `No pair about ${about} is written ahead. A start now plays ${deck}.`
}

function namesOf(ids: readonly string[], nameOf: NameOf): string {
  return ids.map(nameOf).join(" and ")
}
