import { englishDataset, englishRecommendedTransformers, RegExpMatcher, skipNonAlphabeticTransformer } from "obscenity"

export type FamilyFilter = "OFF" | "MILD" | "STRICT"

const mild = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers })
// Strict also reads through what stands between the letters: "f.u.c.k".
const strict = new RegExpMatcher({
  ...englishDataset.build(),
  ...englishRecommendedTransformers,
  blacklistMatcherTransformers: [
    ...(englishRecommendedTransformers.blacklistMatcherTransformers ?? []),
    skipNonAlphabeticTransformer(),
  ],
})

/** May these words be shown on this party's screens? [PTY-9] */
export function passesFamilyFilter(text: string, filter: FamilyFilter): boolean {
  if (filter === "OFF") return true
  return !(filter === "MILD" ? mild : strict).hasMatch(text)
}
