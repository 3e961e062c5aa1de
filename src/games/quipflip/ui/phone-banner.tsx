import { classNames } from "@/ui/class-names"
import { clockText } from "@/ui/clock-text"
import { isPlayPhase, phases } from "../phases"
import type { SessionView } from "../view"
import { phaseWords } from "./phone-words"

const urgentMs = 15_000
const played = phases.filter(isPlayPhase)

type BannerProps = {
  session: SessionView
  /** "2 of 3"; null when there is nothing to play. */
  step: string | null
  /** ms; null shows no clock. */
  leftMs: number | null
  clockLabel: string
}

/** Which phase it is, what of it is played, and how long still. */
export function Banner({ session, step, leftMs, clockLabel }: BannerProps) {
  const { phase } = session
  const title = isPlayPhase(phase) ? phaseWords[phase].title : "Results"
  const isUrgent = leftMs !== null && leftMs <= urgentMs
  return (
    <header className="grid grid-cols-1 gap-2">
      <ol aria-label="Phases" className="grid grid-cols-3 gap-1.5">
        {played.map((one) => (
          <li key={one} aria-current={one === phase ? "step" : undefined} className="grid gap-1">
            <span aria-hidden className={classNames("h-2 -skew-x-12 rounded-xs", phases.indexOf(one) <= phases.indexOf(phase) ? "bg-accent" : "bg-raised", one === phase && "lit")} />
            <span className="sr-only">{phaseWords[one].title}</span>
          </li>
        ))}
      </ol>
      <div className="flex min-h-14 items-center justify-between gap-3">
        <h2 key={phase} className="flex animate-pop items-baseline gap-3 text-5xl">
          {title}
          {step !== null && <span className="numerals text-3xl text-muted normal-case">{step}</span>}
        </h2>
        {leftMs !== null && (
          <span role="timer" aria-label={clockLabel} className={classNames("numerals shrink-0 rounded-xl px-3 py-2 text-5xl", isUrgent ? "lit bg-accent text-on-accent" : "bg-raised")}>{clockText(leftMs)}</span>
        )}
      </div>
      <p role="status" className="sr-only">{isUrgent && leftMs > 0 ? "Nearly out of time." : ""}</p>
    </header>
  )
}
