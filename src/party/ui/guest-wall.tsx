import type { ReactNode } from "react"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import type { GuestView } from "../view"
import { guestWallPlan } from "./guest-wall-plan"

/** So few have room for their whole names. */
const fewGuests = 8

/** Who is in. A new badge pops in; the more come, the smaller they get. `beside` stands at the end of the heading's line. */
export function GuestWall({ guests, beside }: { guests: readonly GuestView[]; beside?: ReactNode }) {
  const inside = guests.filter(({ isKicked }) => !isKicked)
  const newest = inside.at(-1)
  return (
    <section aria-label="Who is in" className="grid min-h-0 content-start gap-4">
      <div className="flex min-w-0 items-baseline justify-between gap-10">
        <h2 aria-live="polite" className="flex min-w-0 items-baseline gap-4 text-5xl">
          {newest ? <WhoIsIn count={inside.length} newest={newest.name} /> : "Nobody yet. Who is first?"}
        </h2>
        {beside}
      </div>
      <Badges guests={inside} />
    </section>
  )
}

function WhoIsIn({ count, newest }: { count: number; newest: string }) {
  return (
    <>
      <span className="shrink-0">{count} {count === 1 ? "is in" : "are in"}</span>
      {count > 1 && <span className="truncate font-text text-3xl font-semibold text-muted normal-case">newest: <bdi>{newest}</bdi></span>}
    </>
  )
}

function Badges({ guests }: { guests: readonly GuestView[] }) {
  const { shown, more, isNamed } = guestWallPlan(guests)
  return (
    <ul className={isNamed ? "flex flex-wrap gap-3" : "flex flex-wrap gap-2"}>
      {shown.map(({ id, name }) => (
        <li key={id} className={isNamed ? classNames("flex animate-pop items-center gap-3 rounded-2xl bg-surface py-1.5 pr-5 pl-1.5", shown.length > fewGuests && "max-w-72") : "animate-pop"}>
          <Avatar id={id} name={name} className="size-13!" />
          <span dir="auto" className={isNamed ? "truncate text-left text-3xl font-bold" : "sr-only"}>{name}</span>
        </li>
      ))}
      {more > 0 && <li className="numerals grid h-13 place-items-center px-3 text-5xl">{`+${more}`}</li>}
    </ul>
  )
}
