"use client"

import type { FormEvent, KeyboardEvent, ReactNode } from "react"
import { Button } from "@/ui/button"
import { Field } from "@/ui/field"
import { phraseLength } from "../phrase-shape"
import { WordMeter } from "./word-meter"

type PhraseFormProps = {
  isCopy: boolean
  text: string
  onType: (text: string) => void
  /** Gets the phrase without the blanks around and doubled inside it; never an empty one, none after the time. */
  onSend: (phrase: string) => void
  isSending: boolean
  isOver: boolean
  problem: string | undefined
  /** What to work on, above the field. */
  children: ReactNode
}

/** One phrase to write and send: the end of a line, or somebody's phrase in other words. */
export function PhraseForm({ isCopy, text, onType, onSend, isSending, isOver, problem, children }: PhraseFormProps) {
  const phrase = text.trim().replace(/\s+/gu, " ")
  const isSendable = phrase !== "" && !isOver

  function send(event: FormEvent | KeyboardEvent) {
    event.preventDefault()
    if (isSendable) onSend(phrase)
  }

  return (
    <form onSubmit={send} className="grid grid-cols-1 gap-3">
      {children}
      <Field
        multiline
        rows={2}
        label={isCopy ? "Your copy" : "Your words"}
        hint={<WordMeter text={text} />}
        value={text}
        onChange={(event) => onType(event.target.value)}
        // A phrase has no second line; a keyboard that is still composing a word means that word.
        onKeyDown={(event) => event.key === "Enter" && !event.nativeEvent.isComposing && send(event)}
        error={problem}
        disabled={isOver}
        autoComplete="off"
        autoCapitalize="characters"
        enterKeyHint="send"
        lang="en"
        maxLength={phraseLength.most}
        className="resize-none font-display text-3xl leading-tight font-extrabold uppercase"
      />
      <Button type="submit" size="big" pending={isSending} disabled={!isSendable}>{isOver ? "Time is up" : "Send it"}</Button>
    </form>
  )
}
