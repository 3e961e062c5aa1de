"use client"

import { useEffect, useState } from "react"
import { lanRelayLoadAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { Notice } from "@/ui/notice"
import { Skeleton } from "@/ui/skeleton"
import { bytesText, mbitsText, relayMbits, type RelayReading } from "./relay-rate"

type Told = Extract<Awaited<ReturnType<typeof lanRelayLoadAction>>, { success: true }>
type Load = NonNullable<Told["load"]>
type Seen = { readonly told: Told; readonly reading: RelayReading; readonly mbits: number | null }

const everyMs = 5_000

/** What goes by way of the party because no direct way is open [LAN-91]. */
export function ControlRelay() {
  const { seen, isLost } = useRelayLoad()
  return (
    <section aria-labelledby="lan-relay" className="grid gap-2 border-t-2 border-line pt-4 first:border-0 first:pt-0">
      <h3 id="lan-relay" className="text-2xl">Relay</h3>
      {!seen && !isLost && <Skeleton className="h-20" />}
      <Notice tone="tip">{isLost && "The relay's numbers did not come. They are asked for again."}</Notice>
      {seen?.told.relay === "none" && <p className="text-muted">None runs: PCs that find no direct way do not reach each other.</p>}
      {seen?.told.relay === "elsewhere" && <p className="text-muted">It runs on another machine, which knows its load.</p>}
      {seen?.told.load && <Numbers load={seen.told.load} mbits={seen.mbits} />}
    </section>
  )
}

function Numbers({ load, mbits }: { load: Load; mbits: number | null }) {
  const wrong = Object.entries(load.drops).filter(([, count]) => count > 0)
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
        <Figure label="Now">{mbits === null ? "…" : `${mbitsText(mbits)} Mbit/s`}</Figure>
        <Figure label="Carried">{bytesText(load.forwarded_bytes)}</Figure>
        <Figure label="Sessions">{load.sessions}</Figure>
        <Figure label="Dropped">{load.dropped_packets}</Figure>
      </dl>
      {load.websockets > 0 && <p className="text-muted">{load.websockets} by WebSocket: UDP does not reach them.</p>}
      {wrong.length > 0 && (
        <p className="text-muted">Not sent on, of all that came: {wrong.map(([reason, count]) => `${count} ${reason.replaceAll("_", " ")}`).join(", ")}.</p>
      )}
    </>
  )
}

function Figure({ label, children }: { label: string; children: string | number }) {
  return (
    <div>
      <dt className="text-muted">{label}</dt>
      <dd className="numerals text-2xl">{children}</dd>
    </div>
  )
}

/** Asks every few seconds while somebody looks: these numbers change too often to be pushed. */
function useRelayLoad(): { seen: Seen | null; isLost: boolean } {
  const { lan } = useNight().night
  const networkId = lan?.id ?? null
  const [seen, setSeen] = useState<Seen | null>(null)
  const [isLost, setIsLost] = useState(false)

  useEffect(() => {
    let isWanted = true
    let timer: ReturnType<typeof setTimeout> | undefined
    async function look() {
      const told = document.hidden ? undefined : await lanRelayLoadAction().catch(() => null)
      if (!isWanted) return
      if (told?.success) setSeen((before) => seenNow(before, told))
      if (told !== undefined) setIsLost(!told?.success)
      timer = setTimeout(() => void look(), everyMs)
    }
    void look()
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [networkId])

  return { seen, isLost }
}

function seenNow(before: Seen | null, told: Told): Seen {
  const reading = { atMs: performance.now(), bytes: told.load?.forwarded_bytes ?? 0 }
  return { told, reading, mbits: before && relayMbits(before.reading, reading) }
}
