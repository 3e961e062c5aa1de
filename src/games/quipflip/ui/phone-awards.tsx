import { Drama, Eye, Feather } from "lucide-react"
import type { ReactNode } from "react"
import { Avatar } from "@/ui/avatar"
import type { SessionResults } from "../view"
import { type ToldAward, toldAwards } from "./told-awards"

const icons: Readonly<Record<string, ReactNode>> = { "Best Writer": <Feather />, "Top Impostor": <Drama />, "Sharpest Voter": <Eye /> }

/** Best Writer, Top Impostor, Sharpest Voter: those that somebody earned [QF-S15]. */
export function Awards({ results, ownId }: { results: SessionResults; ownId: string }) {
  const awards = toldAwards(results)
  if (awards.length === 0) return null
  return (
    <ul aria-label="Awards" className="grid grid-cols-1 gap-2">
      {awards.map((award) => <Award key={award.title} award={award} ownId={ownId} />)}
    </ul>
  )
}

function Award({ award: { title, why, ...award }, ownId }: { award: ToldAward; ownId: string }) {
  // "You" begins the list.
  const holders = award.holders.toSorted((a, b) => Number(b.guestId === ownId) - Number(a.guestId === ownId))
  const [first] = holders
  return (
    <li data-accent="coins" className="flex animate-rise items-center gap-3 rounded-2xl border-2 border-accent bg-surface px-3 py-2.5">
      <span aria-hidden className="grid size-12 shrink-0 place-items-center rounded-full bg-accent text-on-accent [&_svg]:size-7">{icons[title]}</span>
      <span className="grid min-w-0 flex-1 grid-cols-1">
        <span className="display text-2xl text-accent-text">{title}</span>
        <span className="leading-tight font-semibold">
          {holders.map(({ participantId, guestId, name }, index) => (
            <span key={participantId}>{index > 0 && (index === holders.length - 1 ? " and " : ", ")}{guestId === ownId ? "You" : <bdi>{name}</bdi>}</span>
          ))}
        </span>
        <span className="text-base text-muted">{why}</span>
      </span>
      {holders.length === 1 && first && <Avatar id={first.guestId ?? first.participantId} name={first.name} />}
    </li>
  )
}
