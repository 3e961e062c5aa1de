"use client"

import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import type { Reveal } from "../view"
import { useNames } from "./tv-names"

/** Who is out, then what that was. */
export function TvVerdict({ reveal, isVerdictTold }: { reveal: Reveal; isVerdictTold: boolean }) {
  const { outcome, outId, imposterIds } = reveal
  const others = imposterIds.filter((id) => id !== outId)
  return (
    <section aria-label="The verdict" role="status" className="grid content-start gap-7">
      {outId === null ? <Nobody isCalledOff={outcome === "CALLED_OFF"} isTold={isVerdictTold} /> : <Out id={outId} reveal={reveal} isTold={isVerdictTold} />}
      <div className="min-h-24">
        {isVerdictTold && others.length > 0 && <Imposters ids={others} words={othersWords(reveal, others.length)} />}
      </div>
    </section>
  )
}

function Out({ id, reveal, isTold }: { id: string; reveal: Reveal; isTold: boolean }) {
  const name = useNames()(id)
  const isLong = Array.from(name).length > 12
  return (
    <div className="flex min-h-72 items-center gap-10">
      <Avatar id={id} name={name} className={classNames("size-64!", isTold ? "animate-card-turn" : "animate-pulse")} />
      <div className="grid min-w-0 gap-5">
        <p dir="auto" className={classNames("display line-clamp-2 py-1 text-left [overflow-wrap:anywhere]", isLong ? "text-7xl" : "text-[9rem]")}>{name}</p>
        {isTold ? (
          <p key="verdict" className={classNames("display w-fit animate-card-turn rounded-2xl px-7 py-4 text-8xl", verdictLook(reveal))}>
            <span aria-hidden>{reveal.outcome === "CAUGHT" ? "✓ " : "✗ "}</span>
            {verdictWords(reveal)}
          </p>
        ) : (
          <p key="drum" className="display px-0 py-4 text-8xl text-muted">is out <span aria-hidden className="animate-pulse">…</span></p>
        )}
      </div>
    </div>
  )
}

function Nobody({ isCalledOff, isTold }: { isCalledOff: boolean; isTold: boolean }) {
  if (isCalledOff) {
    return (
      <div className="grid gap-4">
        <p className="display text-9xl">Called off</p>
        <p className="text-5xl text-muted">Nobody gets coins for this one.</p>
      </div>
    )
  }
  return (
    <div className="grid min-h-72 content-center gap-5">
      <p className="display text-9xl">Nobody is out{isTold ? "" : " …"}</p>
      {isTold && <p className="display w-fit animate-card-turn rounded-2xl bg-accent px-7 py-4 text-7xl text-on-accent">Two ties: they get away</p>}
    </div>
  )
}

function Imposters({ ids, words }: { ids: readonly string[]; words: string }) {
  const nameOf = useNames()
  return (
    <div className="flex animate-rise flex-wrap items-center gap-x-6 gap-y-3">
      <p className="display text-5xl text-accent-text">{words}</p>
      {ids.map((id) => (
        <p key={id} className="flex min-w-0 items-center gap-4">
          <Avatar id={id} name={nameOf(id)} size="big" />
          <span dir="auto" className="max-w-96 truncate text-5xl leading-tight font-bold">{nameOf(id)}</span>
        </p>
      ))}
    </div>
  )
}

function verdictWords({ outcome, outId, misterWhiteId, imposterIds }: Reveal): string {
  if (outcome !== "CAUGHT") return "was innocent"
  if (outId === misterWhiteId) return "was Mr White!"
  return imposterIds.length === 1 ? "was the imposter!" : "was an imposter!"
}

function verdictLook({ outcome }: Reveal): string {
  return outcome === "CAUGHT" ? "bg-lap-green text-ground" : "bg-accent text-on-accent"
}

function othersWords({ outcome, outId }: Reveal, count: number): string {
  if (outcome === "CAUGHT") return count === 1 ? "The other imposter:" : "The other imposters:"
  if (outId === null && outcome === "CALLED_OFF") return count === 1 ? "The imposter was" : "The imposters were"
  return count === 1 ? "Got away:" : "Got away, all of them:"
}
