import { expect, it } from "vitest"
import { withArticles } from "./articles"

it.each([
  ["a old sock", "an old sock"],
  ["an tiny mouse", "a tiny mouse"],
  ["a unicorn", "a unicorn"],
  ["a unidentified spoon", "an unidentified spoon"],
  ["a useless hour", "a useless hour"],
  ["a ugly hat", "an ugly hat"],
  ["an european", "a european"],
  ["a honest egg", "an honest egg"],
  ["a one", "a one"],
  ["the old sock", "the old sock"],
  ["a  hat  with an  hole", "a hat with a hole"],
])("%j is said %j", (phrase, said) => {
  expect(withArticles(phrase)).toBe(said)
})
