"use client"

import type { ComponentProps, MouseEvent } from "react"
import { buttonLook, type ButtonLook, type ButtonSize } from "./button-look"
import { classNames } from "./class-names"

type ButtonProps = ComponentProps<"button"> & {
  look?: ButtonLook
  size?: ButtonSize
  /** The tap was heard and its answer is on the way: shows busy and takes no second tap. */
  pending?: boolean
}

/**
 * A button. While `pending` or `disabled` it is `aria-disabled` rather than disabled, so that
 * the keyboard keeps its place, and it swallows the tap (a form is not sent twice).
 */
export function Button({ look = "primary", size = "normal", pending = false, disabled = false, type = "button", className, onClick, children, ...rest }: ButtonProps) {
  const blocked = pending || disabled

  function handleClick(event: MouseEvent<HTMLButtonElement>) {
    if (blocked) return event.preventDefault()
    onClick?.(event)
  }

  return (
    <button
      type={type}
      className={classNames(buttonLook(look, size), className)}
      aria-disabled={blocked || undefined}
      aria-busy={pending || undefined}
      onClick={handleClick}
      {...rest}
    >
      {children}
      {pending && <BusyDots />}
    </button>
  )
}

function BusyDots() {
  return (
    <span className="inline-flex items-center gap-1" aria-hidden>
      {[0, 150, 300].map((delayMs) => (
        <span key={delayMs} className="size-2 animate-pulse rounded-full bg-current" style={{ animationDelay: `${delayMs}ms` }} />
      ))}
    </span>
  )
}
