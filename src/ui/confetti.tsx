"use client"

import { useEffect, useRef } from "react"
import { prefersReducedMotion } from "./reduced-motion"

const COLORS = ["#ffe600", "#e0203a", "#7c3aed", "#1fd882", "#f2a51f", "#5ad1ff"]

/** Two cannons from the sides, each time `shot` changes to something new; nothing under reduced motion. The cannon is loaded when first needed. */
export function Confetti({ shot }: { shot: string | number | null }) {
  const canvas = useRef<HTMLCanvasElement>(null)

  useEffect(() => {
    if (shot === null || prefersReducedMotion()) return
    let wanted = true
    void import("canvas-confetti").then(({ default: confetti }) => {
      if (!wanted || !canvas.current) return
      const fire = confetti.create(canvas.current, { resize: true })
      const shared = { particleCount: 110, spread: 70, startVelocity: 60, ticks: 260, colors: COLORS, disableForReducedMotion: true }
      void fire({ ...shared, angle: 60, origin: { x: 0, y: 0.75 } })
      void fire({ ...shared, angle: 120, origin: { x: 1, y: 0.75 } })
    })
    return () => {
      wanted = false
    }
  }, [shot])

  // Its own canvas, for the library's would stand outside every landmark and say nothing to a screen reader.
  return <canvas ref={canvas} aria-hidden className="pointer-events-none fixed inset-0 z-50 size-full" />
}
