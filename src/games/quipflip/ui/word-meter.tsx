import { phraseWords } from "../phrase-shape"
import { wordCount } from "./phone-words"

/** Under a field: what a phrase must look like, and how many words it has so far. */
export function WordMeter({ text }: { text: string }) {
  const words = wordCount(text)
  const { fewest, most } = phraseWords
  const isRight = words >= fewest && words <= most
  return (
    <span className="flex items-center justify-between gap-3">
      <span>{fewest} to {most} words, English, letters only</span>
      <span className={isRight ? "font-semibold text-accent-text" : ""}><span className="numerals text-xl">{words}</span>{isRight ? " ✓" : ` of ${most}`}</span>
    </span>
  )
}
