"use client"

import * as m from "framer-motion/m"
import type { ReactNode } from "react"
import { MotionProvider } from "./motion"

/** An ordered list whose rows glide to their new place when the order changes. Fill it with `FlipRow`s keyed by what they stand for. */
export function FlipList({ children, label, className }: { children: ReactNode; label: string; className?: string }) {
  return (
    <MotionProvider>
      <ol aria-label={label} className={className}>{children}</ol>
    </MotionProvider>
  )
}

/** One row of a `FlipList`. Its `key` must be the person or thing, never the position. */
export function FlipRow({ children, className }: { children: ReactNode; className?: string }) {
  return <m.li layout="position" className={className}>{children}</m.li>
}
