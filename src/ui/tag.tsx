import type { ReactNode } from "react"
import type { Accent } from "./accent"
import { classNames } from "./class-names"

type TagProps = {
  children: ReactNode
  accent?: Accent
  /** solid: a caption of the show. outline: a quiet remark beside it. */
  look?: "solid" | "outline"
  className?: string
}

/** A slanted caption, as under a name on television: "LIVE", "ROUND 3", "HOST". */
export function Tag({ children, accent, look = "solid", className }: TagProps) {
  return (
    <span
      data-accent={accent}
      className={classNames(
        "display inline-block w-fit -skew-x-12 rounded-xs px-2.5 py-1 text-lg tracking-wide",
        look === "solid" ? "bg-accent text-on-accent" : "text-accent-text shadow-[inset_0_0_0_2px_currentColor]",
        className,
      )}
    >
      <span className="inline-block skew-x-12">{children}</span>
    </span>
  )
}
