"use client"

import { useState, type KeyboardEvent } from "react"
import { classNames } from "@/ui/class-names"
import { focusPart } from "./code-parts"
import { nextGridKey } from "./key-grid"
import { linkCodeLetters } from "./link-code"

const columns = 8
const letters = [...linkCodeLetters]
const count = letters.length + 1

type CodeKeysProps = { onLetter: (letter: string) => void; onBack: () => void }

/** Keys for a remote control: four arrows and OK. One stop for the Tab key. */
export function CodeKeys({ onLetter, onBack }: CodeKeysProps) {
  const [current, setCurrent] = useState(0)
  const keyProps = (index: number) => ({
    type: "button" as const,
    tabIndex: index === current ? 0 : -1,
    autoFocus: index === 0,
    "data-part": index === current ? "keys" : undefined,
    onFocus: () => setCurrent(index),
    onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => handleArrow(event, index),
    className: keyLook,
  })

  return (
    <div role="group" aria-label="Keys" className="grid grid-cols-8 gap-2.5">
      {letters.map((letter, index) => (
        <button key={letter} {...keyProps(index)} onClick={() => onLetter(letter)}>{letter}</button>
      ))}
      <button {...keyProps(letters.length)} onClick={onBack} aria-label="Delete the last letter">⌫</button>
    </div>
  )
}

function handleArrow(event: KeyboardEvent<HTMLButtonElement>, index: number): void {
  const next = nextGridKey(index, event.key, { columns, count })
  if (next === null) return leaveKeys(event)
  event.preventDefault()
  const key = event.currentTarget.parentElement?.children[next]
  if (key instanceof HTMLElement) key.focus()
}

function leaveKeys(event: KeyboardEvent<HTMLButtonElement>): void {
  if (event.key === "ArrowDown") focusPart(event, "open")
  if (event.key === "ArrowUp") focusPart(event, "field")
}

const keyLook = classNames(
  "display grid h-20 place-items-center rounded-xl bg-raised text-5xl",
  "focus:bg-accent focus:text-on-accent focus:outline-4 focus:outline-offset-2 focus:outline-focus",
)
