"use client"

import type { RefObject } from "react"
import { useNight } from "@/live/use-night"
import { Card } from "@/ui/card"
import { isRoundOver } from "../round-over"
import { ControlRound } from "./control-round"
import { ControlSettings, type WordCategoryChoice } from "./control-settings"
import { ControlStart } from "./control-start"

type ImposterPanelProps = {
  /** What the shipped deck has words about. */
  categories: readonly WordCategoryChoice[]
  /** The one sensible button: the shortcut lands on it. */
  stepRef: RefObject<HTMLDivElement | null>
  className?: string
}

/** Imposter at race control: who plays and the one next button, and how the next round is played. */
export function ImposterPanel({ categories, stepRef, className }: ImposterPanelProps) {
  const { night } = useNight()
  const { imposter, imposterSettings } = night
  const isRunning = imposter !== null && !isRoundOver(imposter)
  return (
    <Card accent="imposter" className={className}>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-6 gap-y-5 md:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          {isRunning ? <ControlRound round={imposter} stepRef={stepRef} /> : <ControlStart last={imposter} settings={imposterSettings} stepRef={stepRef} />}
        </div>
        {imposterSettings && <ControlSettings settings={imposterSettings} categories={categories} isForNext={isRunning} />}
      </div>
    </Card>
  )
}
