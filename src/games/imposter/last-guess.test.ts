import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { wordKey } from "@/ai/pair-rule"
import { wordDeck } from "@/ai/word-deck/word-deck"
import { isRightGuess } from "./last-guess"

const deckPairs = wordDeck.flatMap(({ pairs }) => pairs)
const deckWords = deckPairs.map(({ word }) => word)

describe("the last guess", () => {
  it.each([
    ["LIGHTHOUSE", "Lighthouse", "case"],
    ["lighthouse", "Light house", "blanks"],
    ["  light\thouse ", "Lighthouse", "blanks around and inside"],
    ["creme brulee", "Crème brûlée", "accents"],
    ["Cre\u0300me bru\u0302le\u0301e", "Crème brûlée", "accents in two code points"],
    ["jalapeno", "Jalapeño", "a tilde"],
    ["strasse", "Straße", "an ß"],
    ["ΟΔΟΣ", "οδός", "Greek accents and the last sigma"],
    ["ice cream!", "Ice-cream", "punctuation"],
    ["“rock n roll”", "Rock 'n' Roll", "quotation marks"],
    ["spiderman", "Spider-Man", "a hyphen"],
    ["ｐｉｚｚａ", "Pizza", "full width"],
  ])("[IMP-16] %j is %j: %s", (guess, word) => {
    expect(isRightGuess(guess, word)).toBe(true)
    expect(isRightGuess(word, guess)).toBe(true)
  })

  it.each([
    ["the lighthouse", "Lighthouse"],
    ["an apple", "Apple"],
    ["der Leuchtturm", "Leuchtturm"],
    ["einen Leuchtturm", "Leuchtturm"],
    ["la tour Eiffel", "Tour Eiffel"],
    ["l'eau", "Eau"],
    ["L’Eau", "eau"],
    ["l´eau", "Eau"],
    ["ｔｈｅ ｓｅａ", "Sea"],
    ["une fraise", "Fraise"],
    ["el faro", "Faro"],
    ["una manzana", "Manzana"],
    ["lo zaino", "Zaino"],
    ["un'arancia", "Arancia"],
    ["het huis", "Huis"],
    ["o farol", "Farol"],
    ["uma maçã", "Maca"],
    ["ett hus", "Hus"],
    ["¿El faro?", "faro"],
    ["“The” lighthouse", "Lighthouse"],
  ])("[IMP-16] %j is %j: an article before it does not matter", (guess, word) => {
    expect(isRightGuess(guess, word)).toBe(true)
    expect(isRightGuess(word, guess)).toBe(true)
  })

  it.each([
    ["La", "La"],
    ["the", "The"],
    ["the the", "The The"],
    ["a", "A"],
    ["Le Mans", "le mans"],
    ["the Las Vegas", "Las Vegas"],
    ["La", "the La"],
  ])("[IMP-16] %j is %j: a word may look like an article", (guess, word) => {
    expect(isRightGuess(guess, word)).toBe(true)
  })

  it.each([
    ["the", "Lighthouse"],
    ["La", "La La Land"],
    ["The", "Le"],
    ["the !", "a ?"],
    ["derby", "By"],
    ["anchor", "Chor"],
    ["theatre", "Atre"],
    ["lemon", "Mon"],
  ])("[IMP-16] %j is not %j: an article is no more than a word before another", (guess, word) => {
    expect(isRightGuess(guess, word)).toBe(false)
    expect(isRightGuess(word, guess)).toBe(false)
  })

  it.each([
    ["cats", "Cat"],
    ["the cats", "Cat"],
    ["Car", "Cars"],
    ["ice creams", "Ice cream"],
    ["buses", "Bus"],
    ["Glass", "Glasses"],
    ["box", "Boxes"],
    ["witches", "Witch"],
    ["potato", "Potatoes"],
    ["photos", "Photo"],
    ["horse", "Horses"],
    ["les fraises", "Fraise"],
  ])("[IMP-16] %j is %j: a plural's s does not matter", (guess, word) => {
    expect(isRightGuess(guess, word)).toBe(true)
    expect(isRightGuess(word, guess)).toBe(true)
  })

  it.each([
    ["Bu", "Bus"],
    ["Ga", "Gas"],
    ["A", "As"],
    ["Glas", "Glass"],
    ["Bas", "Bass"],
    ["Ches", "Chess"],
    ["s", ""],
    ["Cat", "Catses"],
    ["Bath", "Bathes"],
    ["Princess", "Prince"],
  ])("[IMP-16] %j is not %j: the s is the word's own", (guess, word) => {
    expect(isRightGuess(guess, word)).toBe(false)
    expect(isRightGuess(word, guess)).toBe(false)
  })

  it.each([
    ["маяк", "Маяк"],
    ["φάρος", "ΦΑΡΟΣ"],
    ["灯台", "灯台"],
    ["منارة", "منارة"],
    ["प्रकाशस्तंभ", "प्रकाशस्तंभ"],
    ["מגדלור", "מגדלור"],
    ["등대", "등대"],
    ["등대".normalize("NFD"), "등대"],
  ])("[IMP-16] %j is %j: every script can be guessed", (guess, word) => {
    expect(isRightGuess(guess, word)).toBe(true)
  })

  it.each([
    ["कम", "काम"],
    ["कला", "काला"],
    ["ぱん", "ばん"],
    ["灯", "灯台"],
    ["мак", "маяк"],
  ])("[IMP-16] %j is not %j: signs that are no accents tell words apart", (guess, word) => {
    expect(isRightGuess(guess, word)).toBe(false)
    expect(isRightGuess(word, guess)).toBe(false)
  })

  it.each(["", " ", "?!", "’", "the ", "…"])("[IMP-16] %j is no guess", (guess) => {
    expect(isRightGuess(guess, "Lighthouse")).toBe(false)
    expect(isRightGuess(guess, guess === "the " ? "Lighthouse" : guess)).toBe(false)
  })

  it.each(["Light", "House", "Lighthouse keeper", "Lighthouze"])("[IMP-16] %j is not the whole word", (guess) => {
    expect(isRightGuess(guess, "Lighthouse")).toBe(false)
  })

  it("[IMP-16] knows every word of the deck again, shouted, with an article and without its own", () => {
    for (const word of deckWords) {
      const bare = word.replace(/^The /, "")
      for (const guess of [word, word.toUpperCase(), ` ${word}.`, bare, `the ${word}`, `a ${bare.toLowerCase()}`]) {
        expect([word, guess, isRightGuess(guess, word)]).toEqual([word, guess, true])
      }
    }
  })

  it("[IMP-16] takes no word of the deck for another", () => {
    const taken = deckWords.flatMap((word, at) => deckWords.slice(at + 1).filter((other) => isRightGuess(word, other)).map((other) => [word, other]))
    expect(taken).toEqual([])
  })

  it("[IMP-16] takes no hint of the deck for its word", () => {
    expect(deckPairs.filter(({ word, hint }) => isRightGuess(hint, word))).toEqual([])
  })

  it("[IMP-16] works both ways round, whatever is typed", () => {
    const text = fc.oneof(fc.string({ unit: "grapheme", maxLength: 12 }), fc.constantFrom("the", "la s", "s", "es", "l'", "A", "bus", "Buses", "-"))
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(isRightGuess(one, other)).toBe(isRightGuess(other, one))
        expect(isRightGuess(one, one)).toBe(wordKey(one) !== "")
      }),
      { numRuns: 1000 },
    )
  })
})
