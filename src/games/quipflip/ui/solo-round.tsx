"use client"

import type { ReactNode } from "react"
import { abandonSoloRoundAction, flagPhraseAction, submitSoloRoundAction } from "@/app/actions/party-logic"
import { useCountdown } from "@/live/use-countdown"
import type { CommandRunner } from "@/party/ui/use-command"
import { Button } from "@/ui/button"
import { classNames } from "@/ui/class-names"
import { clockText } from "@/ui/clock-text"
import { ConfirmButton } from "@/ui/confirm-button"
import { Notice } from "@/ui/notice"
import { useStoredText } from "@/ui/use-stored-text"
import { refundOf } from "../fees"
import type { OpenRoundView } from "../view"
import { phaseWords } from "./phone-words"
import { PhraseForm } from "./phrase-form"
import { useSoloCommand } from "./use-solo-command"

/** What a round came to, said when it is gone. */
export type SoloOutcome = { readonly tone: "done" | "tip"; readonly text: string }

type SoloRoundProps = {
  round: OpenRoundView
  refresh: () => void
  /** It is played, given back or flagged, by the answer of this version. */
  onOver: (outcome: SoloOutcome, version: number) => void
}

const urgentMs = 15_000

/** The round that runs: its clock, its text, and the ways out of it. Render it anew for each round. */
export function SoloRound({ round, refresh, onOver }: SoloRoundProps) {
  const leftMs = useCountdown(round.endsAt)
  const command = useSoloCommand(refresh)
  const typed = useStoredText(`quipflip-alone:${round.roundId}`)
  const isOver = leftMs === 0

  async function submit(phrase: string) {
    const { roundId, type } = round
    const taken = await command.run("submit", (id) => submitSoloRoundAction(roundId, phrase, id), `submit:${roundId}:${phrase}`)
    if (!taken) return
    typed.clear()
    onOver(outcomeOf(type, taken.isRight, taken.earnedCoins), taken.version)
  }

  const shared = { round, command, isOver, onSend: (phrase: string) => void submit(phrase) }
  return (
    <div className="lit grid animate-rise grid-cols-1 gap-3 rounded-2xl border-2 border-accent bg-surface p-3">
      <Heading round={round} leftMs={leftMs} />
      {round.phrases ? <Choices {...shared} phrases={round.phrases} typed={typed} /> : <Writing {...shared} typed={typed} />}
      <WaysOut round={round} command={command} isOver={isOver} onOver={onOver} />
    </div>
  )
}

function outcomeOf(type: OpenRoundView["type"], isRight: boolean | null, earnedCoins: number): SoloOutcome {
  if (type === "PROMPT") return { tone: "done", text: "It waits for two copies now." }
  if (type === "COPY") return { tone: "done", text: "Your copy is in." }
  return isRight ? { tone: "done", text: `Right! ${earnedCoins} coins for you.` } : { tone: "tip", text: "That was a copy. Somebody fooled you." }
}

function Heading({ round, leftMs }: { round: OpenRoundView; leftMs: number | null }) {
  const { title, task } = phaseWords[round.type]
  const isUrgent = leftMs !== null && leftMs <= urgentMs
  return (
    <header className="flex items-center justify-between gap-3">
      <div className="grid gap-0.5">
        <h2 className="text-4xl leading-none">{title}</h2>
        <p className="text-muted">{task}</p>
      </div>
      {leftMs !== null && (
        <span role="timer" aria-label="To play this" className={classNames("numerals shrink-0 rounded-xl px-3 py-2 text-4xl", isUrgent ? "bg-accent text-on-accent" : "bg-raised")}>{clockText(leftMs)}</span>
      )}
    </header>
  )
}

type Typed = ReturnType<typeof useStoredText>
type PlayProps = { round: OpenRoundView; command: CommandRunner; typed: Typed; isOver: boolean; onSend: (phrase: string) => void }

function Writing({ round, command, typed, isOver, onSend }: PlayProps) {
  const isCopy = round.type === "COPY"

  function type(next: string) {
    typed.setText(next)
    command.clearProblem()
  }

  return (
    <PhraseForm isCopy={isCopy} text={typed.text} onType={type} onSend={onSend} isSending={command.busyPlace === "submit"} isOver={isOver} problem={command.problemAt("submit")}>
      <Told>{isCopy ? <span className="display text-4xl leading-none">{round.originalPhrase}</span> : round.promptText}</Told>
    </PhraseForm>
  )
}

/** Three phrases: a tap picks one, the button casts the vote. What was picked outlives a reload. */
function Choices({ round, phrases, command, typed, isOver, onSend }: PlayProps & { phrases: readonly string[] }) {
  const picked = phrases.includes(typed.text) ? typed.text : null
  return (
    <div className="grid grid-cols-1 gap-3">
      <Told>{round.promptText}</Told>
      <ul aria-label="Which one came first?" className="grid grid-cols-1 gap-2">
        {phrases.map((phrase) => (
          <li key={phrase} className="grid grid-cols-1">
            <button
              type="button"
              aria-pressed={phrase === picked}
              aria-disabled={isOver || undefined}
              onClick={() => !isOver && typed.setText(phrase)}
              className={classNames(
                "display min-h-16 min-w-0 rounded-xl border-2 px-3 py-2 text-left text-2xl leading-tight [overflow-wrap:anywhere] active:translate-y-0.5 aria-disabled:cursor-not-allowed aria-disabled:opacity-70",
                phrase === picked ? "border-accent bg-accent text-on-accent" : "border-control bg-raised",
              )}
            >
              {phrase}
            </button>
          </li>
        ))}
      </ul>
      <Notice>{command.problemAt("submit")}</Notice>
      <Button size="big" pending={command.busyPlace === "submit"} disabled={picked === null || isOver} onClick={() => picked !== null && onSend(picked)}>
        {isOver ? "Time is up" : "This one"}
      </Button>
    </div>
  )
}

function Told({ children }: { children: ReactNode }) {
  return <p className="rounded-xl bg-raised px-3 py-2.5 text-2xl leading-snug font-semibold [overflow-wrap:anywhere]">{children}</p>
}

type WaysOutProps = { round: OpenRoundView; command: CommandRunner; isOver: boolean; onOver: SoloRoundProps["onOver"] }

/** Giving it back costs [QF-N3]; a phrase that should not be shown goes to the host, for nothing [QF-E10]. */
function WaysOut({ round, command, isOver, onOver }: WaysOutProps) {
  const { roundId, type, feeCoins } = round
  const back = refundOf(type, feeCoins, "ABANDONED")

  async function leave(place: "back" | "flag") {
    const send = place === "back" ? abandonSoloRoundAction : flagPhraseAction
    const left = await command.run(place, (id) => send(roundId, id), `${place}:${roundId}`)
    if (!left) return
    onOver(place === "back" ? { tone: "tip", text: "Given back." } : { tone: "done", text: "The host looks at it. Your coins are back." }, left.version)
  }

  return (
    <div className="grid grid-cols-1 gap-2">
      <div className="flex flex-wrap justify-between gap-2">
        <ConfirmButton size="small" question={back > 0 ? `${back} of ${feeCoins} coins back?` : `${feeCoins} coins are gone. Sure?`} pending={command.busyPlace === "back"} disabled={isOver} onConfirm={() => void leave("back")}>
          Give it back
        </ConfirmButton>
        {type === "COPY" && (
          <ConfirmButton size="small" question="Hand it to the host?" pending={command.busyPlace === "flag"} disabled={isOver} onConfirm={() => void leave("flag")}>
            Not for here
          </ConfirmButton>
        )}
      </div>
      <Notice>{command.problemAt("back") ?? command.problemAt("flag")}</Notice>
    </div>
  )
}
