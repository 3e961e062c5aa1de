"use client"

import { useEffect, useEffectEvent, useRef } from "react"
import { useMoment, useNight } from "@/live/use-night"
import { useForAWhile } from "@/ui/use-for-a-while"
import { vibrate } from "@/ui/vibrate"
import type { SessionView } from "../view"
import { ownSession, waitsForPlayer } from "./own-session"

const buzzMs = { start: [300, 120, 300], phase: [180, 90, 180], call: [90, 60, 90, 60, 400] }

/**
 * Buzzes when a session of this guest starts or its next phase waits for them, and tells of the start. It goes by what
 * the night shows and not by the event, so that a phone that slept through the start is told as well.
 */
export function useSessionAlerts(guestId: string, onStart: (session: SessionView) => void): void {
  const session = ownSession(useNight().night.sessions, guestId)
  const moment = session?.status === "IN_PROGRESS" ? `${session.sessionId} ${session.lifecycleVersion}` : null
  const knownMoment = useRef(moment)
  const knownRunning = useRef(moment === null ? null : session?.sessionId)

  const handleChange = useEffectEvent(() => {
    const isStart = moment !== null && knownRunning.current !== session?.sessionId
    knownRunning.current = moment === null ? null : session?.sessionId
    if (moment === null || !session || !waitsForPlayer(session, guestId)) return
    vibrate(isStart ? buzzMs.start : buzzMs.phase)
    if (isStart) onStart(session)
  })

  useEffect(() => {
    if (knownMoment.current === moment) return
    knownMoment.current = moment
    handleChange()
  }, [moment])
}

const callShownMs = 20_000

export type SessionCall = { readonly sessionId: string; readonly at: string }

/** Buzzes when somebody calls those a session waits for. @returns the call while it is fresh, and what takes it away. */
export function useSessionCall(guestId: string): [call: SessionCall | null, dismiss: () => void] {
  const [call, show] = useForAWhile<SessionCall>(callShownMs)
  useMoment((moment, { sessions }) => {
    if (moment.kind !== "sessionPinged" || !moment.payload.guestIds.includes(guestId)) return
    const session = sessions.find(({ sessionId }) => sessionId === moment.payload.sessionId) ?? null
    // A host who calls the others cannot start yet, and is called along.
    if (!waitsForPlayer(session, guestId)) return
    vibrate(buzzMs.call)
    show({ sessionId: moment.payload.sessionId, at: moment.payload.at })
  })
  return [call, () => show(null)]
}
