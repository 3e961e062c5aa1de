"use client"

import { type FormEvent, useState } from "react"
import type { Answer } from "@/kernel/answer"
import { Button } from "@/ui/button"
import { Field } from "@/ui/field"
import { useHostCommand } from "./use-host-command"

type SavedTextProps = {
  label: string
  /** What is saved now. Make it part of the key, so that a change from elsewhere is shown. */
  value: string
  maxLength: number
  inputMode?: "numeric"
  placeholder?: string
  /** Sends what was typed, without blanks around it. */
  save: (text: string) => Promise<Answer<object>>
}

/** A setting of the host's that is typed: it counts when it is saved, with a refusal under it. */
export function SavedText({ label, value, maxLength, inputMode, placeholder, save }: SavedTextProps) {
  const { run, busy, refusal, isOffline, clear } = useHostCommand()
  const [text, setText] = useState(value)
  const isSame = text.trim() === value

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (!isSame) void run(() => save(text.trim()))
  }

  return (
    <form onSubmit={handleSubmit} className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <Field
          label={label}
          placeholder={placeholder}
          dir="auto"
          autoComplete="off"
          maxLength={maxLength}
          inputMode={inputMode}
          value={text}
          error={refusal}
          onChange={(event) => {
            setText(event.target.value)
            clear()
          }}
        />
      </div>
      <Button type="submit" look="quiet" className="mt-7.5" pending={busy} disabled={isOffline || isSame}>Save</Button>
    </form>
  )
}
