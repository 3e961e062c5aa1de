"use client"

import { changeSettingsAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { SelectField } from "@/ui/select-field"
import { type TvView, tvView } from "../view"
import { useHostCommand } from "./use-host-command"

const words: Record<TvView, string> = { invite: "The invitation", race: "The race", imposter: "Imposter", quipflip: "Quipflip", table: "The evening's table" }

/** Pins every TV to one view, or lets them follow the night. */
export function TvPin() {
  const { night } = useNight()
  const { run, busy, refusal, isOffline } = useHostCommand()
  return (
    <SelectField
      label="What all TVs show"
      hint="A TV opened with a view of its own keeps that."
      value={night.party.tvView ?? ""}
      disabled={isOffline}
      aria-busy={busy || undefined}
      error={refusal}
      onChange={(event) => void run(() => changeSettingsAction({ tvView: tvView.safeParse(event.target.value).data ?? null }))}
    >
      <option value="">What is on in the night</option>
      {tvView.options.map((view) => <option key={view} value={view}>{words[view]}</option>)}
    </SelectField>
  )
}
