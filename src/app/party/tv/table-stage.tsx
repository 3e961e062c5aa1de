"use client"

import type { ReactNode } from "react"
import { useNight } from "@/live/use-night"
import { EveningTable } from "@/party/ui/evening-table"

/** Who is ahead tonight, on the whole screen. */
export function TableStage({ title, corner }: { title: string; corner: ReactNode }) {
  const { night } = useNight()
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_36rem] grid-rows-[auto_minmax(0,1fr)] gap-x-12 gap-y-7">
      <h1 className="col-span-full pr-56 text-8xl">{title}</h1>
      {night.table.length > 0 ? <EveningTable table={night.table} limit={8} size="big" /> : <p className="text-5xl text-muted">Nobody is in yet.</p>}
      <div className="grid content-between">
        <p dir="auto" className="display line-clamp-3 py-1 text-7xl text-accent-text">{night.party.name}</p>
        {corner}
      </div>
    </div>
  )
}
