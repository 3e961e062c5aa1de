import { ArrowLeftRight, CircleDashed, Ellipsis, House, type LucideIcon, Unplug, Waypoints } from "lucide-react"
import { classNames } from "@/ui/class-names"
import { connectionWords, type ConnectionType } from "./connection-words"

const looks: Record<ConnectionType, { icon: LucideIcon; colour: string }> = {
  host: { icon: House, colour: "text-accent-text" },
  direct: { icon: ArrowLeftRight, colour: "text-lan-text" },
  relayed: { icon: Waypoints, colour: "text-coins-text" },
  connecting: { icon: Ellipsis, colour: "text-muted" },
  failed: { icon: Unplug, colour: "text-danger-text" },
  unknown: { icon: CircleDashed, colour: "text-muted" },
}

/** How a PC is connected: a glyph and a word, so that nobody needs the colour. */
export function PathMark({ type, className }: { type: ConnectionType; className?: string }) {
  const { icon: Icon, colour } = looks[type]
  return (
    <span className={classNames("inline-flex items-center gap-1.5 font-semibold whitespace-nowrap", colour, className)}>
      <Icon aria-hidden className="size-[1.2em] shrink-0" />
      {connectionWords[type]}
    </span>
  )
}
