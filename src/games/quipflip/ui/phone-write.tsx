"use client"

import type { FormEvent, KeyboardEvent, ReactNode } from "react"
import { Button } from "@/ui/button"
import { Field } from "@/ui/field"
import { useStoredText } from "@/ui/use-stored-text"
import { phraseLength } from "../phrase-shape"
import type { OpenRoundView, SessionView } from "../view"
import { useSubmission } from "./use-submission"
import { WordMeter } from "./word-meter"

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
  const phrase = text.trim().replace(/\s+/gu, " ")
  const isSendable = phrase !== "" && !isOver

  async function submit() {
    if (isSendable && (await send(phrase))) clear()
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    void submit()
  }

  function handleKey(event: KeyboardEvent) {
    // A phrase has no second line; a keyboard that is still composing a word means that word.
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return
    event.preventDefault()
    void submit()
  }

  return (
    <form onSubmit={handleSubmit} className="grid animate-rise grid-cols-1 gap-3">
      <TextToWorkOn label={isCopy ? "Reword this to fool the voters" : "Finish this line"} isPhrase={isCopy} text={(isCopy ? round.originalPhrase : round.promptText) ?? ""} />
      <Field
        multiline
        rows={2}
        label={isCopy ? "Your copy" : "Your words"}
        hint={<WordMeter text={text} />}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          clearProblem()
        }}
        onKeyDown={handleKey}
        error={problem}
        disabled={isOver}
        autoComplete="off"
        autoCapitalize="characters"
        enterKeyHint="send"
        lang="en"
        maxLength={phraseLength.most}
        className="resize-none font-display text-3xl leading-tight font-extrabold uppercase"
      />
      <Button type="submit" size="big" pending={sending !== null} disabled={!isSendable}>{isOver ? "Time is up" : "Send it"}</Button>
      {children}
    </form>
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
