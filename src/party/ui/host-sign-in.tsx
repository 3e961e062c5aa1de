"use client"

import { useRouter } from "next/navigation"
import { type FormEvent, useState } from "react"
import { hostLoginAction, openLinkAction } from "@/app/actions/party-logic"
import { Button } from "@/ui/button"
import { Field } from "@/ui/field"
import { Notice } from "@/ui/notice"
import { Skeleton } from "@/ui/skeleton"
import { useFragment } from "@/ui/use-fragment"
import { useCommand } from "./use-command"

const raceControl = "/admin/race-control"

/** "looking": the fragment was not read yet. "opening": a link's token is on its way. */
type Stage = "looking" | "opening" | "asking"

/**
 * The host's way in: the passcode, or a link whose token stands in the fragment, where no log sees it; it leaves the
 * address bar before it is used [PTY-7].
 */
export function HostSignIn({ isHost }: { isHost: boolean }) {
  const router = useRouter()
  const [stage, setStage] = useState<Stage>("looking")
  const [token, setToken] = useState<string | null>(null)
  const { run, problemAt } = useCommand()
  const problem = problemAt("link")

  async function open(secret: string) {
    setStage("opening")
    const opened = await run("link", () => openLinkAction(secret))
    if (opened) return router.replace(opened.goTo)
    setStage("asking")
  }

  useFragment((secret) => {
    if (secret) {
      setToken(secret)
      void open(secret)
    } else if (isHost) {
      router.replace(raceControl)
    } else if (stage === "looking") {
      setStage("asking")
    }
  })

  if (stage === "looking") return <Skeleton className="h-40" />
  if (stage === "opening") {
    return (
      <div className="grid gap-4" role="status">
        <p className="display text-3xl">Opening race control …</p>
        <Skeleton className="h-16" />
      </div>
    )
  }
  return (
    <div className="grid gap-6">
      {problem && (
        <div className="grid gap-3">
          <Notice>{problem}</Notice>
          {token && <Button look="quiet" onClick={() => void open(token)}>Try the link again</Button>}
        </div>
      )}
      <PasscodeForm onIn={() => router.replace(raceControl)} />
    </div>
  )
}

function PasscodeForm({ onIn }: { onIn: () => void }) {
  const { run, busyPlace, problem, problemAt, clearProblem } = useCommand()
  const [passcode, setPasscode] = useState("")
  const [partyPin, setPartyPin] = useState("")

  async function enter(event: FormEvent) {
    event.preventDefault()
    if (passcode.trim() === "") return
    if (await run("passcode", () => hostLoginAction(passcode, partyPin || undefined))) onIn()
  }

  return (
    <form onSubmit={(event) => void enter(event)} className="grid gap-4">
      <Field
        label="Host passcode"
        hint={problemAt("passcode") ? undefined : "It is in the window where the party was started."}
        type="password"
        autoComplete="current-password"
        autoFocus
        value={passcode}
        error={problemAt("passcode")}
        onChange={(event) => {
          setPasscode(event.target.value)
          clearProblem()
        }}
        className="numerals text-3xl tracking-widest"
      />
      <details className="group" open={problem?.code === "party_pin_needed" || partyPin !== ""}>
        <summary className="flex min-h-11 w-fit cursor-pointer list-none items-center gap-2 font-semibold text-accent-text">
          <span aria-hidden className="group-open:rotate-90">▸</span> More than one party
        </summary>
        <Field
          label="Party PIN"
          hint="Six digits, on the TV."
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          value={partyPin}
          onChange={(event) => setPartyPin(event.target.value.replace(/\D/g, ""))}
        />
      </details>
      <Button type="submit" size="big" pending={busyPlace === "passcode"} disabled={passcode.trim() === ""}>Take control</Button>
    </form>
  )
}
