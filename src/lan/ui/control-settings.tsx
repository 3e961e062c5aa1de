"use client"

import { type FormEvent, useState } from "react"
import { changeLanSettingsAction, closeLanAction } from "@/app/actions/party-logic"
import { useHostCommand } from "@/party/ui/use-host-command"
import { Button } from "@/ui/button"
import { ConfirmButton } from "@/ui/confirm-button"
import { Field } from "@/ui/field"
import { Notice } from "@/ui/notice"
import type { LanSummary } from "../view"

/** The network's name and how many PCs fit [LAN-5], and its password [LAN-6]. */
export function LanLimits({ lan }: { lan: LanSummary }) {
  return (
    <>
      <NameAndSize lan={lan} />
      <Password hasPassword={lan.hasPassword} />
    </>
  )
}

function NameAndSize({ lan }: { lan: LanSummary }) {
  const { run, busy, refusal, isOffline } = useHostCommand()
  const [name, setName] = useState(lan.name)
  const [size, setSize] = useState(String(lan.maxPeers))
  const isSame = name.trim() === lan.name && Number(size) === lan.maxPeers

  function save(event: FormEvent) {
    event.preventDefault()
    if (!isSame && size !== "") void run(() => changeLanSettingsAction({ name, maxPeers: Number(size) }))
  }

  return (
    <form onSubmit={save} className="grid gap-3">
      <Field label="Network name" dir="auto" autoComplete="off" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
      <Field label="Most PCs" hint="Whoever is in stays in." inputMode="numeric" autoComplete="off" value={size} error={refusal} onChange={(event) => setSize(event.target.value.replace(/\D/g, "").slice(0, 5))} />
      <Button type="submit" size="small" look="quiet" pending={busy} disabled={isOffline || isSame || size === ""}>Save</Button>
    </form>
  )
}

function Password({ hasPassword }: { hasPassword: boolean }) {
  const { run, busy, refusal, isOffline } = useHostCommand()
  const [password, setPassword] = useState("")

  async function set(event: FormEvent) {
    event.preventDefault()
    if (password === "") return
    if (await run(() => changeLanSettingsAction({ password }))) setPassword("")
  }

  return (
    <form onSubmit={(event) => void set(event)} className="grid gap-3">
      <Field
        label={hasPassword ? "Another password" : "Password"}
        hint="Asked for besides the line. 6 characters or more; case and blanks do not matter."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        value={password}
        error={refusal}
        onChange={(event) => setPassword(event.target.value)}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="small" look="quiet" pending={busy} disabled={isOffline || password === ""}>Set it</Button>
        {hasPassword && <ConfirmButton size="small" question="Off?" pending={busy} disabled={isOffline} onConfirm={() => void run(() => changeLanSettingsAction({ password: null }))}>Take it off</ConfirmButton>}
      </div>
    </form>
  )
}

/** Ends the network for everybody; the next line begins another [LAN-82]. */
export function CloseLan() {
  const { run, busy, refusal, isOffline } = useHostCommand()
  return (
    <div className="grid gap-2 border-t-2 border-line pt-4">
      <ConfirmButton question="Every PC is out. Close it?" pending={busy} disabled={isOffline} onConfirm={() => void run(() => closeLanAction())}>Close the LAN</ConfirmButton>
      <Notice>{refusal}</Notice>
    </div>
  )
}
