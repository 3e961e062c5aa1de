"use client"

import { useEffect } from "react"
import { Stage } from "@/ui/stage"
import { TvManners } from "./tv-manners"

const tryMs = 4000

/** Something broke, and nobody is there to press a button: loads the page again once the server answers. */
export function BackSoon({ errorId }: { errorId?: string | undefined }) {
  useEffect(() => {
    const timer = setInterval(() => void reloadWhenBack(), tryMs)
    return () => clearInterval(timer)
  }, [])
  return (
    <Stage theme="dark">
      <main className="tv-screen grid h-dvh content-center justify-items-center gap-6 p-12 text-center">
        <h1 className="text-9xl">Back in a moment</h1>
        <p role="status" className="text-4xl text-muted">The screen tries again by itself. Your coins and times are safe.</p>
        {errorId && <p className="text-2xl text-muted">For the host: error {errorId}</p>}
      </main>
      <TvManners />
    </Stage>
  )
}

async function reloadWhenBack(): Promise<void> {
  try {
    const answer = await fetch("/api/health", { cache: "no-store" })
    if (answer.ok) location.reload()
  } catch {
    // Not back yet; the next try comes by itself.
  }
}
