"use client"

import { useNight } from "@/live/use-night"
import { Tag } from "@/ui/tag"
import { countsText, pcsText } from "./connection-words"

/** So many names fit beside the numbers. */
const mostNamed = 6

/** Who is on the LAN, in one calm line; nothing while nobody is. */
export function TvLanStrip() {
  const { lan } = useNight().night
  if (!lan || lan.peerCount === 0) return null
  const named = lan.peers.slice(0, mostNamed)
  const more = lan.peerCount - named.length
  return (
    <section aria-label="LAN" data-accent="lan" className="flex min-w-0 items-center gap-8 rounded-2xl border-4 border-line px-6 py-3">
      <Tag className="shrink-0 text-4xl!">LAN</Tag>
      <p className="flex min-w-0 flex-1 items-baseline gap-6 text-3xl font-semibold">
        <span className="min-w-0 truncate">{named.map(({ id, name }, place) => <span key={id}>{place > 0 && ", "}<bdi>{name}</bdi></span>)}</span>
        {more > 0 && <span className="numerals shrink-0 text-4xl">+{more}</span>}
      </p>
      <p className="flex shrink-0 items-baseline gap-6 text-3xl">
        <span className="display text-4xl text-accent-text">{pcsText(lan.peerCount)}</span>
        <span className="text-muted">{countsText(lan)}</span>
      </p>
    </section>
  )
}

/** The same above the corner's QR code, while something else is on. */
export function TvLanCorner() {
  const { lan } = useNight().night
  if (!lan || lan.peerCount === 0) return null
  return (
    <aside aria-label="LAN" data-accent="lan" className="flex min-w-0 items-center gap-4 pb-4">
      <Tag className="shrink-0 text-2xl!">LAN</Tag>
      <p className="min-w-0 truncate text-2xl"><span className="font-bold">{pcsText(lan.peerCount)}</span> <span className="text-muted">{countsText(lan)}</span></p>
    </aside>
  )
}
