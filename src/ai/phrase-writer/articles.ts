/** The phrase with A before a consonant's sound and AN before a vowel's, and its gaps closed. Small letters. */
export function withArticles(phrase: string): string {
  const words = phrase.split(" ").filter((word) => word !== "")
  return words.map((word, index) => (word === "a" || word === "an" ? articleFor(words[index + 1] ?? "") : word)).join(" ")
}

const vowelSound = /^(?:[ai]|e(?!u|w)|o(?!ne)|u(?!ni(?:[cfqtv]|on)|s[aeiu]|ti|ro)|hour|honest|heir)/

const articleFor = (word: string) => (vowelSound.test(word) ? "an" : "a")
