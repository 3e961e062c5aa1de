"use client"

import type { FormEvent } from "react"
import { joinPartyAction } from "@/app/actions/party-logic"
import { useCommand } from "@/party/ui/use-command"
import type { OwnGuestView } from "@/party/view"
import { Button } from "@/ui/button"
import { Field } from "@/ui/field"
import { useStoredText } from "@/ui/use-stored-text"
import type { FoundParty } from "./join-flow"

type NameStepProps = {
  party: FoundParty
  /** The party PIN does not hold any more; the sentence says so. */
  onWrongPin: (problem: string) => void
  onJoined: (user: OwnGuestView) => void
}

/** The one thing a new guest has to type. */
export function NameStep({ party, onWrongPin, onJoined }: NameStepProps) {
  const { text: name, setText: setName, clear } = useStoredText("join:name")
  const { busyPlace, problem, run, clearProblem } = useCommand()

  async function send(requestId: string) {
    const answer = await joinPartyAction(name, party.pin, requestId)
    if (!answer.success && answer.code === "wrong_pin") onWrongPin(answer.error)
    return answer
  }

  async function join() {
    // The name is part of the attempt: with another one it is another guest.
    const joined = await run("join", send, `join:${party.pin}:${name.trim()}`)
    if (!joined) return
    clear()
    onJoined(joined.user)
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    void join()
  }

  return (
    <form onSubmit={handleSubmit} className="grid animate-rise content-center gap-6">
      <h1 className="text-6xl">What do we call you?</h1>
      <Field
        label="Your name"
        name="name"
        dir="auto"
        value={name}
        onChange={(event) => {
          setName(event.target.value)
          clearProblem()
        }}
        error={problem?.text}
        autoComplete="nickname"
        autoCapitalize="words"
        enterKeyHint="go"
        maxLength={100}
        autoFocus
        className="min-h-16 text-2xl"
      />
      <Button type="submit" size="big" pending={busyPlace === "join"}>Let me in</Button>
    </form>
  )
}
