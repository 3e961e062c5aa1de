"use client"

import { useEffect, useRef, useState, type ReactNode } from "react"
import { Button } from "./button"
import type { ButtonLook, ButtonSize } from "./button-look"

const ARMED_MS = 4_000
/** A double tap is one nervous tap, not a yes. */
const DOUBLE_TAP_MS = 350

type ConfirmButtonProps = {
  children: ReactNode
  onConfirm: () => void
  /** What the second tap answers; say what will happen. */
  question?: string
  look?: ButtonLook
  size?: ButtonSize
  pending?: boolean
  disabled?: boolean
  className?: string
}

/** Asks once, in place: the first tap turns it into the question, a second within 4 s does it. Escape or leaving takes it back. */
export function ConfirmButton({ children, onConfirm, question = "Sure?", look = "quiet", ...rest }: ConfirmButtonProps) {
  const [armed, setArmed] = useState(false)
  const armedAt = useRef(0)

  useEffect(() => {
    if (!armed) return
    const timer = setTimeout(() => setArmed(false), ARMED_MS)
    return () => clearTimeout(timer)
  }, [armed])

  function handleClick() {
    if (!armed) {
      armedAt.current = performance.now()
      return setArmed(true)
    }
    if (performance.now() - armedAt.current < DOUBLE_TAP_MS) return
    setArmed(false)
    onConfirm()
  }

  return (
    <>
      <Button
        {...rest}
        look={armed ? "danger" : look}
        onClick={handleClick}
        onBlur={() => setArmed(false)}
        onKeyDown={(event) => event.key === "Escape" && setArmed(false)}
      >
        {armed ? question : children}
      </Button>
      <span role="status" className="sr-only">{armed ? `${question} Press again to confirm.` : ""}</span>
    </>
  )
}
