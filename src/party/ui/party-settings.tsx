"use client"

import { changeSettingsAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { Notice } from "@/ui/notice"
import { SelectField } from "@/ui/select-field"
import { Switch } from "@/ui/switch"
import type { PartyView } from "../view"
import { SavedText } from "./saved-text"
import { useHostCommand } from "./use-host-command"

const filterWords: Record<PartyView["familyFilter"], string> = {
  OFF: "Off: anything goes",
  MILD: "Mild: no slurs, no filth",
  STRICT: "Strict: children read along",
}

/** The rules of tonight. Switches count at once; the two texts when they are saved. */
export function PartySettings() {
  const { night } = useNight()
  const { party } = night
  const { run, busy, refusal, isOffline } = useHostCommand()
  const change = (settings: Parameters<typeof changeSettingsAction>[0]) => void run(() => changeSettingsAction(settings))
  const shared = { disabled: isOffline, "aria-busy": busy || undefined }
  return (
    <div className="grid gap-4">
      <SavedText key={`name ${party.name}`} label="Party name" value={party.name} maxLength={60} save={(name) => changeSettingsAction({ name })} />
      <SavedText
        key={`limit ${party.stakeLimitCoins}`}
        label="Highest stake, coins"
        value={String(party.stakeLimitCoins)}
        inputMode="numeric"
        maxLength={7}
        save={(text) => changeSettingsAction({ stakeLimitCoins: Number(text) })}
      />
      <SelectField
        {...shared}
        label="Family filter"
        value={party.familyFilter}
        onChange={(event) => change({ familyFilter: filterOf(event.target.value) })}
      >
        {Object.entries(filterWords).map(([filter, words]) => <option key={filter} value={filter}>{words}</option>)}
      </SelectField>
      <Switch {...shared} label="Drivers type their own laps" hint="Otherwise only race control does." checked={party.isSelfTimingOn} onChange={() => change({ isSelfTimingOn: !party.isSelfTimingOn })} />
      <Switch {...shared} label="Drivers may back themselves" hint="With coins, on their own win." checked={party.isSelfBettingOn} onChange={() => change({ isSelfBettingOn: !party.isSelfBettingOn })} />
      <Notice>{refusal}</Notice>
    </div>
  )
}

function filterOf(text: string): PartyView["familyFilter"] {
  return text === "OFF" || text === "STRICT" ? text : "MILD"
}
