"use client"

import { useCallback, useSyncExternalStore } from "react"

const listeners = new Set<() => void>()
// Stands in where storage is forbidden: the text then lives as long as the page.
const kept = new Map<string, string>()

/**
 * A typed text that survives a reload of this tab. `key` names the input and the thing it is for
 * (`"copy:" + roundId`), so that a new round starts empty. `clear` after it was sent.
 */
export function useStoredText(key: string, initial = ""): { text: string; setText: (text: string) => void; clear: () => void } {
  const text = useSyncExternalStore(subscribe, () => read(key) ?? initial, () => initial)
  const setText = useCallback((next: string) => write(key, next), [key])
  const clear = useCallback(() => write(key, null), [key])
  return { text, setText, clear }
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return kept.get(key) ?? null
  }
}

function write(key: string, text: string | null) {
  try {
    if (text === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, text)
  } catch {
    if (text === null) kept.delete(key)
    else kept.set(key, text)
  }
  listeners.forEach((listener) => listener())
}
