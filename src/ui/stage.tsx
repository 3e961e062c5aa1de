import type { ReactNode } from "react"
import type { Accent } from "./accent"

/** A whole page in one accent, beams included; `theme` pins night or daylight whatever the device says. */
export function Stage({ accent, theme, children }: { accent?: Accent; theme?: "dark" | "light"; children: ReactNode }) {
  return <div data-accent={accent ?? "party"} data-theme={theme} className="stage">{children}</div>
}
