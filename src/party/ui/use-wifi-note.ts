"use client"

import { useSyncExternalStore } from "react"

export type WifiNote = { network: string; password: string }

const empty: WifiNote = { network: "", password: "" }
const listeners = new Set<() => void>()
/** What was last read or typed; also stands in where storage is forbidden. */
let held: { text: string; note: WifiNote } = { text: "", note: empty }

/** The Wi-Fi of this house, kept in this browser only: it never reaches the server. */
export function useWifiNote(): { note: WifiNote; setNote: (note: WifiNote) => void } {
  const note = useSyncExternalStore(subscribe, read, () => empty)
  return { note, setNote: write }
}

const storageKey = "party-wifi"

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function read(): WifiNote {
  try {
    const text = localStorage.getItem(storageKey) ?? ""
    if (text !== held.text) held = { text, note: parse(text) }
  } catch {
    // No storage here: what was typed lives as long as the page.
  }
  return held.note
}

function write(note: WifiNote) {
  held = { text: JSON.stringify(note), note }
  try {
    localStorage.setItem(storageKey, held.text)
  } catch {
    // As above.
  }
  for (const listener of listeners) listener()
}

function parse(text: string): WifiNote {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== "object" || value === null) return empty
    const { network, password } = value as Record<string, unknown>
    return { network: typeof network === "string" ? network : "", password: typeof password === "string" ? password : "" }
  } catch {
    return empty
  }
}
