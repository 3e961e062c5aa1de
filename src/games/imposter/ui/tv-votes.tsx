"use client"

import { Avatar } from "@/ui/avatar"
import type { Reveal } from "../view"
import { tallyOf } from "./tally"
import { useNames } from "./use-names"

/** As many rows stand under the verdict. */
const mostRows = 5
const mostVoters = 8

/** Who named whom in the deciding vote, most votes first. */
export function TvVotes({ votes }: { votes: Reveal["votes"] }) {
  const nameOf = useNames()
  return (
    <section aria-label="Who named whom" className="grid min-h-0 animate-rise content-start gap-3 overflow-hidden">
      <h2 className="text-4xl text-muted">Who named whom</h2>
      <ul className="grid gap-2.5">
        {tallyOf(votes).slice(0, mostRows).map(({ targetId, voterIds }) => (
          <li key={targetId} className="grid grid-cols-[4rem_22rem_auto_minmax(0,1fr)] items-center gap-4 rounded-xl bg-surface px-4 py-2">
            <span className="numerals text-center text-6xl"><span className="sr-only">Votes: </span>{voterIds.length}</span>
            <span className="flex min-w-0 items-center gap-3">
              <Avatar id={targetId} name={nameOf(targetId)} />
              <span dir="auto" className="truncate text-3xl font-bold">{nameOf(targetId)}</span>
            </span>
            <span className="text-2xl text-muted"><span aria-hidden>◀ </span>named by</span>
            <span className="flex min-w-0 flex-wrap items-center gap-x-5 gap-y-1">
              {voterIds.slice(0, mostVoters).map((id) => (
                <span key={id} className="flex min-w-0 items-center gap-2">
                  <Avatar id={id} name={nameOf(id)} size="small" />
                  <span dir="auto" className="max-w-44 truncate text-2xl">{nameOf(id)}</span>
                </span>
              ))}
              {voterIds.length > mostVoters && <span className="text-2xl text-muted">and {voterIds.length - mostVoters} more</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
