"use client"

import { useState } from "react"
import { changeSessionAction } from "@/app/actions/party-logic"
import { Notice } from "@/ui/notice"
import { SelectField } from "@/ui/select-field"
import { quotaRange } from "../phases"
import type { SessionView } from "../view"
import { paceWords, settingsWords } from "./phone-words"
import { useSessionCommand } from "./use-session-command"

type Settings = Pick<SessionView, "promptsPerPlayer" | "copiesPerPlayer" | "votesPerPlayer" | "pace">

const quotas = [
  { name: "promptsPerPlayer", label: "Prompts each", range: quotaRange.PROMPT },
  { name: "copiesPerPlayer", label: "Copies each", range: quotaRange.COPY },
  { name: "votesPerPlayer", label: "Votes each", range: quotaRange.VOTE },
] as const

const paces = ["X1", "X1_5", "X2", "OFF"] as const

/** How the session will be played: its host's to change until the start [QF-S2] [QF-S4]. */
export function LobbySettings({ session }: { session: SessionView }) {
  const { busyPlace, problem, run } = useSessionCommand()
  // What was picked is shown at once, and until the server says otherwise.
  const [picked, setPicked] = useState<Partial<Settings>>({})
  const shown: Settings = busyPlace === null ? session : { ...session, ...picked }

  function change(part: Partial<Settings>) {
    if (busyPlace !== null) return
    setPicked(part)
    void run("settings", () => changeSessionAction(session.sessionId, part))
  }

  return (
    <details className="rounded-2xl border-2 border-line bg-surface">
      <summary className="grid min-h-13 cursor-pointer content-center gap-0.5 px-4 py-2">
        <span className="font-semibold">How we play</span>
        <span className="text-base text-muted">{settingsWords(shown)}</span>
      </summary>
      <div className="grid grid-cols-2 gap-3 p-4 pt-1" aria-busy={busyPlace !== null || undefined}>
        {quotas.map(({ name, label, range }) => (
          <SelectField key={name} label={label} value={shown[name]} onChange={(event) => change({ [name]: Number(event.target.value) })}>
            {numbersIn(range).map((number) => <option key={number} value={number}>{number}</option>)}
          </SelectField>
        ))}
        <SelectField label="Clock" value={shown.pace} onChange={(event) => change({ pace: paces.find((pace) => pace === event.target.value) ?? session.pace })}>
          {paces.map((pace) => <option key={pace} value={pace}>{paceWords[pace]}</option>)}
        </SelectField>
        <div className="col-span-2 grid grid-cols-1"><Notice>{problem?.text}</Notice></div>
      </div>
    </details>
  )
}

function numbersIn({ min, max }: { readonly min: number; readonly max: number }): number[] {
  return Array.from({ length: max - min + 1 }, (_, index) => min + index)
}
