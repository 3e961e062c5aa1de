"use client"

import { useEffect, useEffectEvent } from "react"

export type Shortcut = {
  /** As the event calls it: "/", "t", "?". */
  readonly key: string
  readonly words: string
  readonly run: () => void
}

type HostShortcuts = {
  /** Single keys; none fires while somebody types or a dialog is open. */
  shortcuts: readonly Shortcut[]
  /** A host may switch single keys off (they can be hit by accident, or by a voice). */
  isOn: boolean
  /** Alt and a digit, 1 to 9; also from fields inside `data-takes-driver-digits`. */
  onDigit: (digit: number) => void
}

/** The keyboard of race control. */
export function useHostShortcuts({ shortcuts, isOn, onDigit }: HostShortcuts): void {
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.isComposing) return
    if (document.querySelector("dialog[open]")) return
    const where = event.target instanceof Element ? event.target : null
    // By place, not by letter: with Alt a Mac writes "¡" where the 1 is.
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1]
    if (event.altKey) {
      if (!digit || (isTyping(where) && !where?.closest("[data-takes-driver-digits]"))) return
      event.preventDefault()
      return onDigit(Number(digit))
    }
    if (!isOn || isTyping(where)) return
    const meant = shortcuts.find(({ key }) => key === event.key)
    if (!meant) return
    event.preventDefault()
    meant.run()
  })

  useEffect(() => {
    const listen = (event: KeyboardEvent) => hear(event)
    window.addEventListener("keydown", listen)
    return () => window.removeEventListener("keydown", listen)
  }, [])
}

/** Letters belong to the field that has the focus; a checkbox, a radio or a file button takes none. */
function isTyping(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !["checkbox", "radio", "file", "button", "submit"].includes(element.type)
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement || (element instanceof HTMLElement && element.isContentEditable)
}
