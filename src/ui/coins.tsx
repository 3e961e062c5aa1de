"use client"

import { useEffect, useRef, useState } from "react"
import { classNames } from "./class-names"
import { prefersReducedMotion } from "./reduced-motion"

const COUNT_MS = 700

type CoinsProps = {
  /** Coins, an integer. */
  amount: number
  size?: "normal" | "big" | "huge"
  /** Shows + or −: for a gain or a loss rather than a balance. */
  signed?: boolean
  className?: string
}

const sizes = { normal: "text-2xl", big: "text-4xl", huge: "text-7xl" }

/** An amount of coins. When it changes the digits count to it and the difference flies off; at once under reduced motion. */
export function Coins({ amount, size = "normal", signed = false, className }: CoinsProps) {
  const { shown, gain } = useCounted(amount)
  return (
    <span className={classNames("numerals relative inline-flex items-center gap-[0.28em] text-coins-text", sizes[size], className)}>
      <CoinGlyph />
      {/* Screen readers get the amount itself, never a number on its way. */}
      <span className="sr-only">{written(amount, signed)} coins</span>
      <span aria-hidden>{written(shown, signed)}</span>
      {gain && (
        <span key={gain.id} aria-hidden className="pointer-events-none absolute bottom-full left-[1.2em] animate-coin-gain whitespace-nowrap text-[0.8em]">
          {written(gain.difference, true)}
        </span>
      )}
    </span>
  )
}

/** The coin itself, as tall as the text it stands in. */
export function CoinGlyph() {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className="size-[0.85em] shrink-0">
      <circle cx="12" cy="12" r="11" fill="#f2a51f" stroke="#8a5200" strokeWidth="1.5" />
      <circle cx="12" cy="12" r="7.5" fill="none" stroke="#8a5200" strokeWidth="1.5" strokeDasharray="3 1.6" />
      <path d="M13.6 6 8.4 18h2.4L16 6z" fill="#8a5200" />
    </svg>
  )
}

function written(amount: number, signed: boolean): string {
  const digits = Math.abs(amount).toLocaleString("en-US")
  if (amount < 0) return `−${digits}`
  return signed ? `+${digits}` : digits
}

function useCounted(amount: number) {
  const [shown, setShown] = useState(amount)
  const [gain, setGain] = useState<{ id: number; difference: number } | null>(null)
  const from = useRef(amount)

  useEffect(() => {
    const start = from.current
    if (start === amount) return
    from.current = amount
    let frame = requestAnimationFrame(begin)
    return () => cancelAnimationFrame(frame)

    function begin(startedAt: number) {
      if (prefersReducedMotion()) return setShown(amount)
      setGain({ id: startedAt, difference: amount - start })
      step(startedAt)
      function step(now: number) {
        const done = Math.min(1, (now - startedAt) / COUNT_MS)
        setShown(Math.round(start + (amount - start) * (1 - (1 - done) ** 3)))
        if (done < 1) frame = requestAnimationFrame(step)
      }
    }
  }, [amount])

  return { shown, gain }
}
