import { Drama, Eye, Feather } from "lucide-react"
import type { ReactNode } from "react"
import { Avatar } from "@/ui/avatar"
import type { PlayerResult, SessionResults } from "../view"
import { counted } from "./phone-words"

type Award = { readonly title: string; readonly icon: ReactNode; readonly holderIds: readonly string[]; readonly forWhat: (player: PlayerResult) => string }

/** Best Writer, Top Impostor, Sharpest Voter: those that somebody earned [QF-S15]. */
export function Awards({ results: { players, awards }, ownId }: { results: SessionResults; ownId: string }) {
  const all: Award[] = [
    { title: "Best Writer", icon: <Feather />, holderIds: awards.bestWriterIds, forWhat: ({ originalVotes }) => `${counted(originalVotes, "vote", "votes")} for the original` },
    { title: "Top Impostor", icon: <Drama />, holderIds: awards.topImpostorIds, forWhat: ({ copyVotes }) => `${counted(copyVotes, "voter", "voters")} fooled` },
    { title: "Sharpest Voter", icon: <Eye />, holderIds: awards.sharpestVoterIds, forWhat: ({ votesRight, votesCast }) => `${votesRight} of ${votesCast} right` },
  ]
  const given = all.filter(({ holderIds }) => holderIds.length > 0)
  if (given.length === 0) return null
  return (
    <ul aria-label="Awards" className="grid grid-cols-1 gap-2">
      {given.map((award) => <AwardRow key={award.title} award={award} holders={players.filter(({ participantId }) => award.holderIds.includes(participantId))} ownId={ownId} />)}
    </ul>
  )
}

function AwardRow({ award, holders, ownId }: { award: Award; holders: readonly PlayerResult[]; ownId: string }) {
  const [first] = holders
  return (
    <li data-accent="coins" className="flex animate-rise items-center gap-3 rounded-2xl border-2 border-accent bg-surface px-3 py-2.5">
      <span aria-hidden className="grid size-12 shrink-0 place-items-center rounded-full bg-accent text-on-accent [&_svg]:size-7">{award.icon}</span>
      <span className="grid min-w-0 flex-1 grid-cols-1">
        <span className="display text-2xl text-accent-text">{award.title}</span>
        <span className="leading-tight font-semibold">
          {holders.map(({ participantId, guestId, name }, index) => <span key={participantId}>{index > 0 && (index === holders.length - 1 ? " and " : ", ")}{guestId === ownId ? "You" : <bdi>{name}</bdi>}</span>)}
        </span>
        {first && <span className="text-base text-muted">{award.forWhat(first)}</span>}
      </span>
      {holders.length === 1 && first && <Avatar id={first.guestId ?? first.participantId} name={first.name} />}
    </li>
  )
}
