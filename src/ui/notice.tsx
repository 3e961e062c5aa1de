import type { ReactNode } from "react"
import { classNames } from "./class-names"

type NoticeProps = {
  children: ReactNode
  /** refusal: an action was refused (read out at once). done: it worked. tip: worth knowing. */
  tone?: "refusal" | "done" | "tip"
  className?: string
}

const tones = {
  refusal: { glyph: "▲", border: "border-danger-text", text: "text-danger-text" },
  done: { glyph: "✓", border: "border-lan-text", text: "text-lan-text" },
  tip: { glyph: "●", border: "border-accent-text", text: "text-accent-text" },
}

/** One sentence next to where it happened, saying what to do. Renders nothing without content, so it can stand ready. */
export function Notice({ children, tone = "refusal", className }: NoticeProps) {
  if (!children) return null
  const { glyph, border, text } = tones[tone]
  return (
    <p
      role={tone === "refusal" ? "alert" : "status"}
      className={classNames("flex animate-rise gap-3 rounded-xl border-l-8 bg-raised px-4 py-3 font-semibold", border, className)}
    >
      <span aria-hidden className={text}>{glyph}</span>
      <span>{children}</span>
    </p>
  )
}
