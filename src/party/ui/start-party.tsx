"use client"

import { type FormEvent, useState } from "react"
import { startPartyAction } from "@/app/actions/party-logic"
import { Button } from "@/ui/button"
import { Field } from "@/ui/field"
import { Notice } from "@/ui/notice"
import { StartedParty, type Started } from "./started-party"
import { useCommand } from "./use-command"

// Another try would start another party: the usual promise that nothing counts twice is not made here.
const lostText = "No connection. Try again when it is back."

/** A name, the operator's passcode where one is asked for, and then what the host has to keep [PTY-22]. */
export function StartParty({ isPasscodeAsked }: { isPasscodeAsked: boolean }) {
  const { run, busyPlace, problem, clearProblem } = useCommand()
  const [name, setName] = useState("")
  const [passcode, setPasscode] = useState("")
  const [started, setStarted] = useState<Started | null>(null)
  const isReady = name.trim() !== "" && (!isPasscodeAsked || passcode.trim() !== "")
  const isAboutPasscode = problem?.code === "wrong_operator_passcode"

  async function start(event: FormEvent) {
    event.preventDefault()
    if (!isReady) return
    const party = await run("start", () => startPartyAction(name, passcode || undefined))
    if (party) setStarted(party)
  }

  if (started) return <StartedParty party={started} />
  return (
    <form onSubmit={(event) => void start(event)} className="grid gap-4">
      <Field
        label="What is it called?"
        hint="Your guests see it. It can be changed later."
        autoFocus
        autoComplete="off"
        dir="auto"
        maxLength={60}
        value={name}
        onChange={(event) => {
          setName(event.target.value)
          clearProblem()
        }}
      />
      {isPasscodeAsked && (
        <Field
          label="Passcode of this site"
          hint={isAboutPasscode ? undefined : "Whoever runs this site knows it."}
          type="password"
          autoComplete="off"
          maxLength={200}
          value={passcode}
          error={isAboutPasscode ? problem.text : undefined}
          onChange={(event) => {
            setPasscode(event.target.value)
            clearProblem()
          }}
        />
      )}
      <Button type="submit" size="big" pending={busyPlace === "start"} disabled={!isReady}>Start the party</Button>
      {problem && !isAboutPasscode && <Notice>{problem.code === null ? lostText : problem.text}</Notice>}
    </form>
  )
}
