"use client"

import type { ReactNode } from "react"
import { useStoredText } from "@/ui/use-stored-text"
import type { OpenRoundView, SessionView } from "../view"
import { PhraseForm } from "./phrase-form"
import { useSubmission } from "./use-submission"

type PhoneWriteProps = {
  session: SessionView
  round: OpenRoundView
  isOver: boolean
  /** What it cost. */
  children: ReactNode
}

/** One phrase to write: the end of a line, or somebody's phrase in other words. */
export function PhoneWrite({ session, round, isOver, children }: PhoneWriteProps) {
  const isCopy = round.type === "COPY"
  const { sending, problem, clearProblem, send } = useSubmission(session, round)
  const { text, setText, clear } = useStoredText(`quipflip:${round.roundId}`)

  async function submit(phrase: string) {
    if (await send(phrase)) clear()
  }

  function type(next: string) {
    setText(next)
    clearProblem()
  }

  return (
    <div className="grid animate-rise grid-cols-1 gap-3">
      <PhraseForm isCopy={isCopy} text={text} onType={type} onSend={(phrase) => void submit(phrase)} isSending={sending !== null} isOver={isOver} problem={problem}>
        <TextToWorkOn label={isCopy ? "Reword this to fool the voters" : "Finish this line"} isPhrase={isCopy} text={(isCopy ? round.originalPhrase : round.promptText) ?? ""} />
      </PhraseForm>
      {children}
    </div>
  )
}

function TextToWorkOn({ label, text, isPhrase }: { label: string; text: string; isPhrase: boolean }) {
  return (
    <div className="grid grid-cols-1 gap-1.5 rounded-2xl border-2 border-accent bg-surface px-4 py-3">
      <p className="text-base text-muted">{label}</p>
      <p className={isPhrase ? "display text-4xl leading-none [overflow-wrap:anywhere]" : "text-2xl leading-snug font-semibold"}>{text}</p>
    </div>
  )
}
