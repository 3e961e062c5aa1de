import type { ReactNode } from "react"
import { classNames } from "./class-names"

type StatProps = { label: string; children: ReactNode; size?: "normal" | "big" | "huge"; className?: string }

const sizes = { normal: "text-4xl", big: "text-6xl", huge: "text-8xl" }

/** One huge number with its name under it. */
export function Stat({ label, children, size = "normal", className }: StatProps) {
  return (
    <div className={classNames("grid content-end gap-1", className)}>
      <span className={classNames("numerals", sizes[size])}>{children}</span>
      <span className="text-base text-muted">{label}</span>
    </div>
  )
}
