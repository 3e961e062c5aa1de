"use client"

import { useCallback, useEffect, useState } from "react"
import { getEventLogAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { Button } from "@/ui/button"
import { EmptyState } from "@/ui/empty-state"
import { Field } from "@/ui/field"
import { Notice } from "@/ui/notice"
import { Skeleton } from "@/ui/skeleton"
import { useBusy } from "@/ui/use-busy"
import { lostOnTheWay } from "./lost-on-the-way"

type LoggedEvent = Extract<Awaited<ReturnType<typeof getEventLogAction>>, { success: true }>["events"][number]

/** What happened tonight, newest first; the search looks into the payloads too. Follows the night while it is open. */
export function EventLog() {
  const { night } = useNight()
  const [events, setEvents] = useState<readonly LoggedEvent[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [typed, setTyped] = useState("")
  const read = useCallback(async () => {
    const answer = await getEventLogAction().catch(() => null)
    if (answer?.success) setEvents(answer.events)
    setProblem(answer ? (answer.success ? null : answer.error) : lostOnTheWay)
  }, [])
  const { busy, run } = useBusy(read)

  useEffect(() => {
    // A burst of laps is one reading.
    const timer = setTimeout(() => void run(), 400)
    return () => clearTimeout(timer)
  }, [night.version, run])

  const found = events?.filter((event) => isAbout(event, typed)) ?? []
  return (
    <div className="grid gap-4">
      <Field label="Search the log" type="search" autoComplete="off" placeholder="A name, an event, a time" value={typed} onChange={(event) => setTyped(event.target.value)} />
      {problem && (
        <div className="grid gap-2">
          <Notice>{problem}</Notice>
          <Button look="quiet" size="small" pending={busy} onClick={() => void run()}>Try again</Button>
        </div>
      )}
      {!events && !problem && <div className="grid gap-2" aria-label="Loading the log" role="status">{[0, 1, 2, 3].map((row) => <Skeleton key={row} className="h-12" />)}</div>}
      {events && <p role="status" className="text-muted">{typed ? `${found.length} of ${events.length} events` : `The newest ${events.length} events`}</p>}
      {events && found.length === 0 && <EmptyState title="Nothing found">No event has that in it.</EmptyState>}
      <ol className="grid" aria-label="Events, newest first">
        {found.map((event) => (
          <li key={event.id} className="border-b border-line last:border-0">
            <details className="group">
              <summary className="flex min-h-11 cursor-pointer list-none items-center gap-3 rounded-lg px-1 -outline-offset-3 hover:bg-raised">
                <span aria-hidden className="text-muted group-open:rotate-90">▸</span>
                <time dateTime={event.createdAt} className="numerals text-lg text-muted">{clockText(event.createdAt)}</time>
                <span className="min-w-0 flex-1 truncate font-semibold">{event.eventType}</span>
                <span className="numerals text-lg text-muted">#{event.version}</span>
              </summary>
              <pre tabIndex={0} aria-label={`Payload of event ${event.version}`} className="mb-3 max-h-72 overflow-auto rounded-xl bg-sunken p-3 font-mono text-base whitespace-pre-wrap [overflow-wrap:anywhere]">
                {event.channel}{"\n"}{JSON.stringify(event.data, null, 2)}
              </pre>
            </details>
          </li>
        ))}
      </ol>
    </div>
  )
}

function isAbout(event: LoggedEvent, typed: string): boolean {
  const wanted = typed.trim().toLowerCase()
  if (wanted === "") return true
  return [event.eventType, event.channel, clockText(event.createdAt), JSON.stringify(event.data)].some((text) => text.toLowerCase().includes(wanted))
}

/** The time of day on this laptop: "21:04:33". */
function clockText(iso: string): string {
  return new Date(iso).toLocaleTimeString("en-GB")
}
