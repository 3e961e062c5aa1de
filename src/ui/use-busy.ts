"use client"

import { useCallback, useRef, useState } from "react"

/**
 * Runs something slow at most once at a time: `busy` is true from the tap on, and taps until the
 * answer are ignored (the ref decides, because two taps can come before React renders).
 */
export function useBusy<Args extends readonly unknown[]>(work: (...args: Args) => Promise<void>): { busy: boolean; run: (...args: Args) => Promise<void> } {
  const [busy, setBusy] = useState(false)
  const running = useRef(false)

  const run = useCallback(
    async (...args: Args) => {
      if (running.current) return
      running.current = true
      setBusy(true)
      try {
        await work(...args)
      } finally {
        running.current = false
        setBusy(false)
      }
    },
    [work],
  )

  return { busy, run }
}
