"use client"

import { type FormEvent, useCallback, useEffect, useState } from "react"
import { chooseDeletionDateAction, getDeletionDateAction } from "@/app/actions/party-logic"
import { Button } from "@/ui/button"
import { Field } from "@/ui/field"
import { Notice } from "@/ui/notice"
import { Skeleton } from "@/ui/skeleton"
import { dayOf, instantOfDay } from "./deletion-day"
import { lostOnTheWay } from "./lost-on-the-way"
import { useHostCommand } from "./use-host-command"

/** When the party deletes itself, and another date for that [PTY-20]. For race control. */
export function DeletionDate() {
  const { kept, problem, setKept, reload } = useKeptDate()
  if (problem) {
    return (
      <div className="grid gap-3">
        <Notice>{problem}</Notice>
        <Button look="quiet" size="small" onClick={reload}>Try again</Button>
      </div>
    )
  }
  if (kept === undefined) return <Skeleton className="h-24" />
  return <ChooseDate key={kept ?? "never"} kept={kept} onChosen={setKept} />
}

function ChooseDate({ kept, onChosen }: { kept: string | null; onChosen: (deletesAt: string | null) => void }) {
  const { run, busy, refusal, isOffline, clear } = useHostCommand()
  const [day, setDay] = useState(kept ? dayOf(kept) : "")
  const isChanged = day !== "" && day !== (kept ? dayOf(kept) : "")

  async function choose(deletesAt: string | null) {
    const chosen = await run(() => chooseDeletionDateAction(deletesAt))
    if (chosen) onChosen(chosen.deletesAt)
  }

  function save(event: FormEvent) {
    event.preventDefault()
    if (isChanged) void choose(instantOfDay(day))
  }

  return (
    <form onSubmit={save} className="grid gap-3">
      <Field
        label="Delete everything on"
        hint={kept ? "Guests, races, bets and coins. Export before, if you want to keep them." : "No date: the party is kept until you delete it."}
        type="date"
        value={day}
        onChange={(event) => {
          setDay(event.target.value)
          clear()
        }}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" size="small" pending={busy} disabled={isOffline || !isChanged}>Save the date</Button>
        {kept && <Button look="quiet" size="small" disabled={busy || isOffline} onClick={() => void choose(null)}>Never</Button>}
      </div>
      <Notice>{refusal}</Notice>
    </form>
  )
}

/** `kept` is undefined until the server has answered. */
function useKeptDate() {
  const [kept, setKept] = useState<string | null | undefined>(undefined)
  const [problem, setProblem] = useState<string | null>(null)
  const [turn, setTurn] = useState(0)
  const reload = useCallback(() => setTurn((last) => last + 1), [])

  useEffect(() => {
    let isWanted = true
    void getDeletionDateAction().catch(() => null).then((answer) => {
      if (!isWanted) return
      setProblem(answer === null ? lostOnTheWay : answer.success ? null : answer.error)
      if (answer?.success) setKept(answer.deletesAt)
    })
    return () => void (isWanted = false)
  }, [turn])

  return { kept, problem, setKept, reload }
}
