"use client"

import { useEffect, useState } from "react"

/**
 * Something that is shown and goes by itself after `shownMs`. Showing the next one starts the time anew.
 * @returns what is shown now, and what shows another (null takes it away).
 */
export function useForAWhile<T extends object>(shownMs: number): [shown: T | null, show: (next: T | null) => void] {
  const [shown, setShown] = useState<T | null>(null)
  useEffect(() => {
    if (!shown) return
    const timer = setTimeout(() => setShown(null), shownMs)
    return () => clearTimeout(timer)
  }, [shown, shownMs])
  return [shown, setShown]
}
