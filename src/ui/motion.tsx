"use client"

import { LazyMotion, MotionConfig } from "framer-motion"
import type { ReactNode } from "react"

const loadFeatures = () => import("./motion-features").then((features) => features.default)

/** Lets `m` components below it move once their engine has arrived; people who asked for less motion see none. */
export function MotionProvider({ children }: { children: ReactNode }) {
  return (
    <LazyMotion features={loadFeatures} strict>
      <MotionConfig reducedMotion="user" transition={{ type: "spring", stiffness: 420, damping: 38 }}>
        {children}
      </MotionConfig>
    </LazyMotion>
  )
}
