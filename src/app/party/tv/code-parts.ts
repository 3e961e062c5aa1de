import type { KeyboardEvent } from "react"

/** The parts of the door's form that arrows lead between. */
export type CodePart = "field" | "keys" | "open"

/** Moves the focus to another part of the form around the event's element. */
export function focusPart(event: KeyboardEvent<HTMLElement>, part: CodePart): void {
  const form = event.currentTarget.closest("form")
  const selector = part === "field" ? "input" : `[data-part="${part}"]`
  const element = form?.querySelector<HTMLElement>(selector)
  if (!element) return
  event.preventDefault()
  element.focus()
}
