"use client"

import { useNight } from "@/live/use-night"
import { classNames } from "@/ui/class-names"
import { Tag } from "@/ui/tag"
import type { LanSummary } from "../view"
import { calmTypes, countsText, pcsText } from "./connection-words"

/** So many names are more than fits. */
const mostNamed = 8

/** Who is on the LAN and how many by which path, in one calm line; nothing while nobody is. */
export function TvLanLine() {
  const { lan } = useNight().night
  if (!lan || lan.peerCount === 0) return null
  return (
    <section aria-label="LAN" data-accent="lan" className="flex max-w-[62rem] min-w-0 items-baseline gap-5">
      <Tag className="shrink-0 text-3xl!">LAN</Tag>
      <Numbers lan={lan} className="shrink-0 text-3xl" />
      <Names lan={lan} className="text-3xl" />
    </section>
  )
}

/** The same in two lines, above the corner's QR code, while something else is on. */
export function TvLanCorner() {
  const { lan } = useNight().night
  if (!lan || lan.peerCount === 0) return null
  return (
    <section aria-label="LAN" data-accent="lan" className="grid min-w-0 grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5 pb-5">
      <Tag className="shrink-0 text-3xl!">LAN</Tag>
      <div className="grid grid-cols-[minmax(0,1fr)]">
        <Numbers lan={lan} className="text-2xl" />
        <Names lan={lan} className="text-2xl" />
      </div>
    </section>
  )
}

type PartProps = { lan: LanSummary; className: string }

function Numbers({ lan, className }: PartProps) {
  return <p className={className}><strong>{pcsText(lan.peerCount)}</strong> <span className="text-muted">{countsText(lan, calmTypes)}</span></p>
}

function Names({ lan, className }: PartProps) {
  return <p className={classNames("min-w-0 truncate text-muted", className)}>{lan.peers.slice(0, mostNamed).map(({ id, name }, place) => <span key={id}>{place > 0 && ", "}<bdi>{name}</bdi></span>)}</p>
}
