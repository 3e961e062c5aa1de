"use client"

import { useCallback, useEffect, useRef, useState } from "react"

/** unsupported: this browser or a plain-http page cannot keep the screen on; tell the person how to do it themselves. */
export type WakeLockState = "off" | "on" | "unsupported"

/**
 * Keeps the screen awake. Call `request` inside a tap. The browser drops the lock when the page is
 * hidden, so it is asked for again on return; it is given back when the component goes. Never throws.
 */
export function useWakeLock(): { state: WakeLockState; request: () => Promise<void> } {
  const [state, setState] = useState<WakeLockState>("off")
  const wanted = useRef(false)
  const lock = useRef<WakeLockSentinel | null>(null)

  const acquire = useCallback(async () => {
    if (lock.current && !lock.current.released) return
    // The type promises it, but it is missing outside a secure context.
    const wakeLock = (navigator as Partial<Navigator>).wakeLock
    if (!wakeLock) return setState("unsupported")
    try {
      const sentinel = await wakeLock.request("screen")
      // The component may have gone while the browser made up its mind.
      if (!wanted.current) return void sentinel.release()
      lock.current = sentinel
      sentinel.addEventListener("release", () => setState("off"))
      setState("on")
    } catch {
      // Low battery or a hidden page: the next return to the page tries again.
      setState("off")
    }
  }, [])

  useEffect(() => {
    const onReturn = () => {
      if (wanted.current && document.visibilityState === "visible") void acquire()
    }
    document.addEventListener("visibilitychange", onReturn)
    return () => {
      document.removeEventListener("visibilitychange", onReturn)
      wanted.current = false
      void lock.current?.release().catch(() => undefined)
    }
  }, [acquire])

  const request = useCallback(() => {
    wanted.current = true
    return acquire()
  }, [acquire])

  return { state, request }
}
