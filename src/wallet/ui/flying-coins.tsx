"use client"

import { useEffect, useRef } from "react"
import { CoinGlyph } from "@/ui/coins"
import { prefersReducedMotion } from "@/ui/reduced-motion"

const flightMs = 900
const betweenMs = 55

/**
 * Coins that fly once, when this appears, from where it stands to the element with the id `toId`. Nothing under reduced
 * motion, and nothing where the target is missing. Give it a new `key` to fly again.
 */
export function FlyingCoins({ toId, count = 14 }: { toId: string; count?: number }) {
  const swarm = useRef<HTMLSpanElement>(null)

  useEffect(() => {
    const target = document.getElementById(toId)
    if (!swarm.current || !target || prefersReducedMotion()) return
    const way = wayBetween(swarm.current, target)
    const flights = Array.from(swarm.current.children, (coin, place) => fly(coin, way, place))
    return () => flights.forEach((flight) => flight.cancel())
  }, [toId])

  return (
    <span ref={swarm} aria-hidden className="pointer-events-none relative block size-0 text-4xl">
      {Array.from({ length: count }, (_, place) => (
        <span key={place} className="absolute -top-5 -left-5 z-50 flex opacity-0"><CoinGlyph /></span>
      ))}
    </span>
  )
}

type Way = { readonly x: number; readonly y: number }

function wayBetween(from: Element, to: Element): Way {
  const start = from.getBoundingClientRect()
  const end = to.getBoundingClientRect()
  return { x: end.x + end.width / 2 - start.x, y: end.y + end.height / 2 - start.y }
}

function fly(coin: Element, { x, y }: Way, place: number): Animation {
  // The golden angle spreads any number of coins evenly.
  const angle = place * 2.4
  const burst = { x: Math.cos(angle) * 70, y: Math.sin(angle) * 55 - 30 }
  const turn = place % 2 === 0 ? 540 : -540
  return coin.animate(
    [
      { opacity: 0, transform: "translate(0, 0) scale(0.4)" },
      { opacity: 1, transform: `translate(${burst.x}px, ${burst.y}px) scale(1.1)`, offset: 0.35, easing: "cubic-bezier(0.6, 0, 0.9, 0.6)" },
      { opacity: 1, offset: 0.92 },
      { opacity: 0, transform: `translate(${x}px, ${y}px) rotate(${turn}deg) scale(0.7)` },
    ],
    { duration: flightMs, delay: place * betweenMs, easing: "cubic-bezier(0.2, 0.8, 0.4, 1)", fill: "backwards" },
  )
}
