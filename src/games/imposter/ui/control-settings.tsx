"use client"

import { changeImposterSettingsAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { SavedText } from "@/party/ui/saved-text"
import { useHostCommand } from "@/party/ui/use-host-command"
import { Notice } from "@/ui/notice"
import { SelectField } from "@/ui/select-field"
import { Switch } from "@/ui/switch"
import type { SettingsView } from "../view"
import { mostImposters } from "../roles"
import { languages } from "./control-languages"
import { leftOutIn, livingGuests } from "./control-picked"
import { stockWords } from "./control-words"
import { useStoredText } from "@/ui/use-stored-text"

export type WordCategoryChoice = { readonly category: string; readonly title: string }

type ControlSettingsProps = {
  settings: SettingsView
  categories: readonly WordCategoryChoice[]
  /** A round runs, which they change no more. */
  isForNext: boolean
}

type Change = Parameters<typeof changeImposterSettingsAction>[0]

const anything = "anything"
const ownTheme = "own theme"
const mostMinutes = 60

/** How the next round is played [IMP-3] [IMP-7] [IMP-8]. Everything counts at once, the theme when it is saved. */
export function ControlSettings({ settings, categories, isForNext }: ControlSettingsProps) {
  const { run, busy, refusal, isOffline } = useHostCommand()
  const change = (to: Change) => void run(() => changeImposterSettingsAction(to))
  const shared = { disabled: isOffline, "aria-busy": busy || undefined }
  const title = categories.find(({ category }) => category === settings.category)?.title ?? null
  return (
    <section aria-label="Settings" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h3 className="text-2xl">{isForNext ? "For the next round" : "Settings"}</h3>
      <SelectField {...shared} label="Words about" value={settings.theme !== null ? ownTheme : (settings.category ?? anything)} onChange={(event) => change(topicOf(event.target.value))}>
        <option value={anything}>Anything</option>
        {settings.theme !== null && <option value={ownTheme}>Your theme</option>}
        {categories.map(({ category, title: words }) => <option key={category} value={category}>{words}</option>)}
      </SelectField>
      <SavedText
        key={settings.theme ?? ""}
        label="Or a theme of yours"
        placeholder="Space, the 90s …"
        value={settings.theme ?? ""}
        maxLength={60}
        save={(text) => changeImposterSettingsAction({ theme: text === "" ? null : text })}
      />
      <p className="text-muted [overflow-wrap:anywhere]" role="status">{stockWords(settings, title)}</p>
      <div className="grid grid-cols-2 gap-3">
        <SelectField {...shared} label="Language" value={settings.language} onChange={(event) => change({ language: event.target.value })}>
          {languagesWith(settings.language).map(({ code, name }) => <option key={code} value={code} lang={code}>{name}</option>)}
        </SelectField>
        <SelectField {...shared} label="Minutes" value={settings.discussionMinutes} onChange={(event) => change({ discussionMinutes: Number(event.target.value) })}>
          {Array.from({ length: mostMinutes }, (_, index) => <option key={index} value={index + 1}>{index + 1}</option>)}
        </SelectField>
      </div>
      <ImposterCount settings={settings} shared={shared} onChange={(imposterCount) => change({ imposterCount })} />
      <Switch {...shared} label="Mr White" hint="One imposter has no hint." checked={settings.hasMisterWhite} onChange={() => change({ hasMisterWhite: !settings.hasMisterWhite })} />
      <Notice>{refusal}</Notice>
    </section>
  )
}

type ImposterCountProps = { settings: SettingsView; shared: { disabled: boolean }; onChange: (count: number) => void }

function ImposterCount({ settings: { imposterCount }, shared, onChange }: ImposterCountProps) {
  const { night } = useNight()
  const leftOut = useStoredText(`imposter-left-out:${night.party.id}`)
  const without = leftOutIn(leftOut.text)
  const playerCount = livingGuests(night.guests).filter(({ id }) => !without.includes(id)).length
  const most = mostImposters(playerCount)
  const counts = Array.from({ length: Math.max(most, imposterCount) }, (_, index) => index + 1)
  return (
    <SelectField
      {...shared}
      label="Imposters"
      hint={`${most} at most with ${playerCount} ${playerCount === 1 ? "player" : "players"}.`}
      value={imposterCount}
      onChange={(event) => onChange(Number(event.target.value))}
    >
      {counts.map((count) => <option key={count} value={count}>{count > most ? `${count} (${most} for now)` : count}</option>)}
    </SelectField>
  )
}

function topicOf(choice: string): Change {
  if (choice === ownTheme) return {}
  return choice === anything ? { category: null, theme: null } : { category: choice }
}

function languagesWith(code: string) {
  return languages.some((known) => known.code === code) ? languages : [...languages, { code, name: code }]
}
