"use client"

import { type ReactNode, useState, useSyncExternalStore } from "react"
import { classNames } from "@/ui/class-names"
import { Notice } from "@/ui/notice"
import { useStoredText } from "@/ui/use-stored-text"
import { joinLine, pcSystems, systemOfBrowser } from "../join-line"
import { CopyBox } from "./copy-box"
import { GamePicker } from "./game-picker"

type JoinGuideProps = {
  origin: string
  invitation: string
  /** Between the line and what the PC needs. */
  children?: ReactNode
}

const never = () => () => undefined

/** One line for one PC: for which system, with which games, what the PC needs, and how to copy it. */
export function JoinGuide({ origin, invitation, children }: JoinGuideProps) {
  const stored = useStoredText("lan-system")
  const guessed = useSyncExternalStore(never, () => systemOfBrowser(navigator.userAgent), () => "linux" as const)
  const [games, setGames] = useState<readonly string[]>([])
  const system = pcSystems.find(({ id }) => id === (stored.text || guessed)) ?? pcSystems[0]
  if (!system) return null
  const line = joinLine({ origin, invitation, system: system.id, games })
  if (line === null) return <Notice>This address makes no line that is safe to run. Open the party by its own address.</Notice>
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div role="group" aria-label="The PC runs" className="grid grid-cols-3 gap-1 rounded-xl border-2 border-line p-1">
        {pcSystems.map(({ id, name }) => (
          <button key={id} type="button" aria-pressed={id === system.id} onClick={() => stored.setText(id)} className={classNames("display min-h-11 rounded-lg text-xl", id === system.id ? "bg-accent text-on-accent" : "text-muted hover:text-ink")}>
            {name}
          </button>
        ))}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <p>Paste it into <strong>{system.terminal}</strong> on the PC and press Enter.</p>
        <CopyBox text={line} label="The line for the PC">Copy the line</CopyBox>
      </div>
      {!system.isProven && <Notice tone="tip">Not proven on {system.name} yet. On Linux it is.</Notice>}
      {children}
      <Fold title="The PC needs">
        <p>{system.needs.words}</p>
        {system.needs.command && <CopyBox text={system.needs.command} label="What installs it" look="quiet">Copy</CopyBox>}
      </Fold>
      <Fold title={games.length === 0 ? "Games that search the LAN" : `Games that search the LAN: ${games.length}`}>
        <GamePicker picked={games} onPicked={setGames} />
      </Fold>
    </div>
  )
}

/** Something not everybody needs. */
export function Fold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="group border-t-2 border-line pt-1">
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 font-semibold text-accent-text">
        <span aria-hidden className="group-open:rotate-90">▸</span> {title}
      </summary>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 pt-1 pb-2">{children}</div>
    </details>
  )
}
