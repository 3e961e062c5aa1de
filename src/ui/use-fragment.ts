"use client"

import { useEffect, useEffectEvent } from "react"

/**
 * Hands over what stands behind the "#" of the address, after the first paint and whenever another one is opened; null
 * when nothing does. It is gone from the address bar and the history by then: a fragment is where links keep their
 * secret, because no log sees it.
 */
export function useFragment(onFragment: (text: string | null) => void): void {
  const hand = useEffectEvent(() => onFragment(takeFragment()))
  useEffect(() => {
    const first = setTimeout(() => hand())
    const handNext = () => hand()
    window.addEventListener("hashchange", handNext)
    return () => {
      clearTimeout(first)
      window.removeEventListener("hashchange", handNext)
    }
  }, [])
}

function takeFragment(): string | null {
  const { hash, pathname, search } = window.location
  if (hash.length < 2) return null
  window.history.replaceState(window.history.state, "", pathname + search)
  return decoded(hash.slice(1))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
