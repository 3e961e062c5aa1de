"use client"

import { X } from "lucide-react"
import { useEffect, useId, useRef, type MouseEvent, type ReactNode } from "react"
import type { Accent } from "./accent"

type DialogProps = {
  open: boolean
  /** Escape, the cross and a tap outside all lead here; the owner sets `open` to false. */
  onClose: () => void
  title: string
  children: ReactNode
  accent?: Accent
}

/** A modal question on the native `<dialog>`: focus is kept inside and given back by the browser. */
export function Dialog({ open, onClose, title, children, accent }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  useEffect(() => {
    const dialog = ref.current
    if (!dialog || !open) return
    dialog.showModal()
    return () => dialog.close()
  }, [open])

  // The padding is on the inner box, so a click whose target is the dialog itself fell on the backdrop.
  function handleClick(event: MouseEvent) {
    if (event.target === ref.current) onClose()
  }

  return (
    <dialog
      ref={ref}
      data-accent={accent}
      aria-labelledby={titleId}
      onClick={handleClick}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      className="m-auto mb-4 w-[calc(100%-2rem)] max-w-lg rounded-2xl border-2 border-accent bg-surface p-0 text-ink open:animate-rise sm:mb-auto"
    >
      {open && (
        <div className="grid gap-4 p-5">
          <header className="flex items-start justify-between gap-3">
            <h2 id={titleId} className="pt-1 text-3xl">{title}</h2>
            <button type="button" onClick={onClose} aria-label="Close" className="-mt-1 -mr-1 grid size-11 shrink-0 place-items-center rounded-xl text-muted hover:text-ink">
              <X aria-hidden />
            </button>
          </header>
          {children}
        </div>
      )}
    </dialog>
  )
}
