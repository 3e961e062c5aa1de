"use client"

import { useCallback, useEffect, useSyncExternalStore } from "react"
import type { LanSummary } from "../view"

/** A line that was made and waits for its PC. */
export type OwnLine = {
  readonly link: string
  /** ISO. */
  readonly expiresAt: string
  readonly networkId: string
  /** The PCs of whoever made it, when it was made: one more of them says that it was used. */
  readonly pcsBefore: readonly string[]
}

// In this page's memory alone, so that another tab of the dashboard may be looked at meanwhile: no storage has the secret [LAN-101].
const lines = new Map<string, OwnLine>()
const listeners = new Set<() => void>()

function hold(ownerId: string, line: OwnLine | null) {
  if (line) lines.set(ownerId, line)
  else lines.delete(ownerId)
  listeners.forEach((listener) => listener())
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The PCs of a guest; of the host without one. */
export function pcsOf(lan: LanSummary | null, guestId: string | null) {
  return lan?.peers.filter((peer) => peer.guestId === guestId) ?? []
}

/** The line of a guest (null: of the host) while it may still bring a PC in. It goes when a PC came, and with its network. */
export function useOwnLine(lan: LanSummary | null, guestId: string | null): { line: OwnLine | null; hold: (line: OwnLine | null) => void } {
  const ownerId = guestId ?? "host"
  const line = useSyncExternalStore(subscribe, () => lines.get(ownerId) ?? null, () => null)
  const isUsed = line !== null && pcsOf(lan, guestId).some(({ id }) => !line.pcsBefore.includes(id))
  const isOfAnother = line !== null && lan !== null && lan.id !== line.networkId

  useEffect(() => {
    if (isUsed || isOfAnother) hold(ownerId, null)
  }, [isUsed, isOfAnother, ownerId])

  return { line: isUsed || isOfAnother ? null : line, hold: useCallback((next) => hold(ownerId, next), [ownerId]) }
}
