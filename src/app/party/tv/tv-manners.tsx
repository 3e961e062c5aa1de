"use client"

import { useEffect } from "react"

const idleMs = 3000

/** Hides the cursor when nobody moves it, and tells the page's watchdog that the screen is alive. */
export function TvManners() {
  useEffect(() => {
    const root = document.documentElement
    root.dataset.tvAlive = ""
    let timer = setTimeout(hide, idleMs)
    function hide() {
      root.classList.add("tv-idle")
    }
    function wake() {
      root.classList.remove("tv-idle")
      clearTimeout(timer)
      timer = setTimeout(hide, idleMs)
    }
    window.addEventListener("pointermove", wake)
    return () => {
      window.removeEventListener("pointermove", wake)
      clearTimeout(timer)
      root.classList.remove("tv-idle")
      delete root.dataset.tvAlive
    }
  }, [])
  return null
}
