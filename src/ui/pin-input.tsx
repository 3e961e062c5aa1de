"use client"

import { useId, type ChangeEvent, type ReactNode } from "react"
import { classNames } from "./class-names"

const PITCH_REM = 3.25
/** The input is one box wider than what shows (room for its last letter-spacing), so the frame carries the focus ring. */
const RING = "has-focus-visible:outline-3 has-focus-visible:outline-offset-3 has-focus-visible:outline-focus"

type PinInputProps = {
  label: string
  /** How many digits. */
  length: number
  value: string
  onChange: (digits: string) => void
  /** Called once the last digit is typed or pasted. */
  onComplete?: (digits: string) => void
  name?: string
  hint?: ReactNode
  error?: ReactNode
  autoFocus?: boolean
  disabled?: boolean
}

/** A code of digits in boxes. One real input lies over the boxes, so pasting, autofill and screen readers just work. */
export function PinInput({ label, length, value, onChange, onComplete, name, hint, error, autoFocus, disabled }: PinInputProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ")

  function handleChange(event: ChangeEvent<HTMLInputElement>) {
    const digits = event.target.value.replace(/\D/g, "").slice(0, length)
    onChange(digits)
    if (digits.length === length && digits !== value) onComplete?.(digits)
  }

  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="font-semibold">{label}</label>
      <div className={`relative max-w-full overflow-clip rounded-xl ${RING}`} style={{ width: `${PITCH_REM * length}rem` }}>
        <div aria-hidden className="flex">
          {Array.from({ length }, (_, index) => (
            <span key={index} className="px-1" style={{ width: `${PITCH_REM}rem` }}>
              <span className={classNames("block h-16 rounded-xl border-2 bg-sunken", boxBorder(Boolean(error), index === value.length))} />
            </span>
          ))}
        </div>
        {/* A cell of the numerals face is half an em wide; the spacing fills it up to one box. */}
        <input
          id={id}
          name={name}
          value={value}
          onChange={handleChange}
          inputMode="numeric"
          pattern={`[0-9]{${length}}`}
          autoComplete="one-time-code"
          autoFocus={autoFocus}
          disabled={disabled}
          spellCheck={false}
          className="numerals absolute inset-y-0 left-0 bg-transparent text-[2.75rem] text-ink caret-accent-text outline-none"
          style={{
            width: `${PITCH_REM * (length + 1)}rem`,
            letterSpacing: `calc(${PITCH_REM}rem - 0.5em)`,
            paddingLeft: `calc(${PITCH_REM / 2}rem - 0.25em)`,
          }}
          aria-describedby={described || undefined}
          aria-invalid={error ? true : undefined}
        />
      </div>
      {hint && <p id={`${id}-hint`} className="text-base text-muted">{hint}</p>}
      {error && <p id={`${id}-error`} role="alert" className="text-base font-semibold text-danger-text"><span aria-hidden>▲ </span>{error}</p>}
    </div>
  )
}

function boxBorder(wrong: boolean, next: boolean): string {
  if (wrong) return "border-danger-text"
  return next ? "border-accent-text" : "border-control"
}
