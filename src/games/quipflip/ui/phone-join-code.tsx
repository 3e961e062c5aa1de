"use client"

import type { FormEvent } from "react"
import { joinSessionAction } from "@/app/actions/party-logic"
import { Button } from "@/ui/button"
import { Field } from "@/ui/field"
import { useStoredText } from "@/ui/use-stored-text"
import type { SessionView } from "../view"
import { useSessionCommand } from "./use-session-command"

/** In by the code that somebody reads out: four letters and four digits, in any case and with blanks anywhere [QF-S1]. */
export function JoinByCode({ onJoined }: { onJoined: (session: SessionView) => void }) {
  const { busyPlace, problemAt, run, clearProblem } = useSessionCommand()
  const { text, setText, clear } = useStoredText("quipflip-code")

  async function join() {
    const joined = await run("code", (id) => joinSessionAction(text, id), `join:${text.trim().toUpperCase()}`)
    if (!joined) return
    clear()
    onJoined(joined.session)
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (text.trim() !== "") void join()
  }

  return (
    <form onSubmit={handleSubmit} className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <Field
          label="Or type a code"
          placeholder="ABCD 2345"
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            clearProblem()
          }}
          error={problemAt("code")}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={16}
          className="uppercase"
        />
      </div>
      <Button type="submit" look="quiet" className="mt-7.5" pending={busyPlace === "code"} disabled={text.trim() === ""}>Join</Button>
    </form>
  )
}
