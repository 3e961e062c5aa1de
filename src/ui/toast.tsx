"use client"

import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from "react"
import { assert } from "@/kernel/assert"
import type { Accent } from "./accent"

const SHOWN_MS = 6_000
const AT_MOST = 3

type Toast = { id: number; text: string; accent: Accent }
/** Says something in passing; nothing a person must act on belongs in a toast. */
export type ShowToast = (text: string, accent?: Accent) => void

const ToastContext = createContext<ShowToast | null>(null)

/** Holds the toasts of a page, announced politely. Put it once around the page. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const lastId = useRef(0)

  const hide = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), [])
  const show = useCallback<ShowToast>(
    (text, accent = "party") => {
      const id = ++lastId.current
      setToasts((shown) => [...shown, { id, text, accent }].slice(-AT_MOST))
      setTimeout(() => hide(id), SHOWN_MS)
    },
    [hide],
  )

  return (
    <ToastContext value={show}>
      {children}
      <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-0 top-[max(0.75rem,env(safe-area-inset-top))] z-50 grid justify-items-center gap-2 px-4">
        {toasts.map((toast) => (
          <button
            key={toast.id}
            type="button"
            data-accent={toast.accent}
            onClick={() => hide(toast.id)}
            className="pointer-events-auto min-h-11 max-w-lg animate-rise rounded-xl border-l-8 border-accent bg-ink px-4 py-2.5 text-left text-lg font-semibold text-ground shadow-xl"
          >
            {toast.text}
            <span className="sr-only"> (dismiss)</span>
          </button>
        ))}
      </div>
    </ToastContext>
  )
}

/** The page's toasts. Throws outside a `ToastProvider`. */
export function useToast(): ShowToast {
  const show = useContext(ToastContext)
  assert(show, "useToast needs a ToastProvider above it")
  return show
}
