import { classNames } from "./class-names"

/** purple: best of all. green: own best. yellow: slower. */
export type LapColour = "purple" | "green" | "yellow"

const marks: Record<LapColour, { glyph: string; text: string; words: string }> = {
  purple: { glyph: "★", text: "text-lap-purple", words: "best of all" },
  green: { glyph: "▲", text: "text-lap-green", words: "personal best" },
  yellow: { glyph: "●", text: "text-lap-yellow", words: "slower" },
}

/** A time in its colour with a glyph and words, so that colour never speaks alone. */
export function LapMark({ colour, children, className }: { colour: LapColour; children: string; className?: string }) {
  const { glyph, text, words } = marks[colour]
  return (
    <span className={classNames("inline-flex items-baseline gap-[0.18em]", text, className)}>
      <span aria-hidden className="text-[0.6em] leading-none">{glyph}</span>
      <span className="numerals">{children}</span>
      <span className="sr-only"> {words}</span>
    </span>
  )
}
