"use client"

import { useEffect, useState } from "react"
import { useWakeLock } from "@/ui/wake-lock"
import { playStillFilm } from "./still-film"

const hintMs = 45_000
const toldKey = "party-tv-sleep-told"

/**
 * Keeps the screen on: with a wake lock where the browser gives one without a tap, else with a film of nothing behind
 * the picture, which keeps most browsers awake. Neither stops a TV's own timer, so the host is told once.
 */
export function StayAwake() {
  const { state, request } = useWakeLock()
  useEffect(() => void request(), [request])
  useEffect(() => (state === "on" ? undefined : playStillFilm(document)), [state])
  return state === "on" ? null : <SleepHint />
}

function SleepHint() {
  const [isShown, setIsShown] = useState(false)
  useEffect(() => {
    // Not in the first seconds: the wake lock may still come.
    const show = setTimeout(() => setIsShown(tellOnce()), 4000)
    const hide = setTimeout(() => setIsShown(false), hintMs)
    return () => {
      clearTimeout(show)
      clearTimeout(hide)
    }
  }, [])
  if (!isShown) return null
  return (
    <p role="status" className="fixed inset-x-0 bottom-0 z-20 mx-auto w-fit rounded-t-lg bg-raised px-5 py-1 text-xl">
      Host: if this screen goes dark by itself, switch off its screen saver and sleep timer.
    </p>
  )
}

/** Whether this is the first time on this screen. Where nothing can be kept, once per page is once enough. */
function tellOnce(): boolean {
  try {
    if (localStorage.getItem(toldKey)) return false
    localStorage.setItem(toldKey, "1")
  } catch {
    return true
  }
  return true
}
