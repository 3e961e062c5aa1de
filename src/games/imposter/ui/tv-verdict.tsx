"use client"

import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import type { Reveal } from "../view"
import { useNames } from "./use-names"

/** huge: alone on the stage. */
type Size = "normal" | "huge"

type TvVerdictProps = { reveal: Reveal; isVerdictTold: boolean; size: Size }

/** Who is out, then what that was. */
export function TvVerdict({ reveal, isVerdictTold, size }: TvVerdictProps) {
  const { outId, imposterIds } = reveal
  const others = imposterIds.filter((id) => id !== outId)
  return (
    <section aria-label="The verdict" role="status" className={classNames("grid grid-cols-[minmax(0,1fr)] content-start", size === "huge" ? "gap-12" : "gap-6")}>
      {outId === null ? <Nobody reveal={reveal} isTold={isVerdictTold} /> : <Out id={outId} reveal={reveal} isTold={isVerdictTold} size={size} />}
      {others.length > 0 && (
        <div className={size === "huge" ? "min-h-40" : "min-h-20"}>{isVerdictTold && <Imposters ids={others} words={othersWords(reveal, others.length)} size={size} />}</div>
      )}
    </section>
  )
}

function Out({ id, reveal, isTold, size }: { id: string; reveal: Reveal; isTold: boolean; size: Size }) {
  const name = useNames()(id)
  const isHuge = size === "huge"
  return (
    <div className={classNames("flex items-center", isHuge ? "gap-12" : "gap-10")}>
      <Avatar id={id} name={name} className={classNames(isHuge ? "size-88!" : "size-60!", isTold ? "animate-card-turn" : "animate-pulse")} />
      <div className="grid min-w-0 gap-4">
        <p dir="auto" className={classNames("display line-clamp-2 py-1 text-left [overflow-wrap:anywhere]", nameSize(name, size))}>{name}</p>
        {isTold ? (
          <p key="verdict" className={classNames("display w-fit animate-card-turn rounded-2xl px-7 py-4 whitespace-nowrap", isHuge ? "text-[5.25rem]" : "text-7xl", verdictLook(reveal))}>
            <span aria-hidden>{reveal.outcome === "CAUGHT" ? "✓ " : "✗ "}</span>
            {verdictWords(reveal)}
          </p>
        ) : (
          <p key="drum" className="display py-4 text-8xl text-muted">is out <span aria-hidden className="animate-pulse">…</span></p>
        )}
      </div>
    </div>
  )
}

function Nobody({ reveal, isTold }: { reveal: Reveal; isTold: boolean }) {
  if (reveal.outcome === "CALLED_OFF") {
    return (
      <div className="grid gap-4">
        <p className="display text-9xl">Called off</p>
        <p className="text-5xl text-muted">Nobody gets coins for this one.</p>
      </div>
    )
  }
  const words = reveal.imposterIds.length === 1 ? "A tie again: the imposter gets away" : "A tie again: the imposters get away"
  return (
    <div className="grid min-h-64 content-center gap-6">
      <p className="display text-9xl">Nobody is out{isTold ? "" : " …"}</p>
      {isTold && <p className="display w-fit animate-card-turn rounded-2xl bg-accent px-7 py-4 text-6xl text-on-accent"><span aria-hidden>✗ </span>{words}</p>}
    </div>
  )
}

function Imposters({ ids, words, size }: { ids: readonly string[]; words: string; size: Size }) {
  const nameOf = useNames()
  const isHuge = size === "huge" && ids.length <= 2
  return (
    <div className="flex animate-rise flex-wrap items-center gap-x-8 gap-y-4">
      <p className={classNames("display text-accent-text", isHuge ? "text-7xl" : "text-5xl")}>{words}</p>
      {ids.map((id) => (
        <p key={id} className="flex min-w-0 items-center gap-5">
          <Avatar id={id} name={nameOf(id)} size={isHuge ? "huge" : "big"} />
          <span dir="auto" className={classNames("truncate leading-tight font-bold", isHuge ? "max-w-[36rem] text-7xl" : "max-w-96 text-5xl")}>{nameOf(id)}</span>
        </p>
      ))}
    </div>
  )
}

/** A long name is smaller, so that its words stay whole. */
function nameSize(name: string, size: Size): string {
  const longest = Math.max(...name.split(/\s/).map((part) => Array.from(part).length))
  if (size === "normal") return longest > 12 ? "text-6xl" : longest > 7 ? "text-7xl" : "text-9xl"
  return longest > 12 ? "text-7xl" : longest > 7 ? "text-9xl" : "text-[12rem]"
}

function verdictWords({ outcome, outId, misterWhiteId, imposterIds }: Reveal): string {
  if (outcome !== "CAUGHT") return "was innocent"
  if (outId === misterWhiteId) return "was Mr White!"
  return imposterIds.length === 1 ? "was the imposter!" : "was an imposter!"
}

function verdictLook({ outcome }: Reveal): string {
  return outcome === "CAUGHT" ? "bg-lap-green text-ground" : "bg-accent text-on-accent"
}

function othersWords({ outcome }: Reveal, count: number): string {
  if (outcome === "CAUGHT") return count === 1 ? "The other imposter:" : "The other imposters:"
  return count === 1 ? "The imposter was" : "The imposters were"
}
