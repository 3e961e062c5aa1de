"use client"

import { type FormEvent, useState } from "react"
import { useCommand } from "@/party/ui/use-command"
import { Button } from "@/ui/button"
import { PinInput } from "@/ui/pin-input"
import { useStoredText } from "@/ui/use-stored-text"
import type { FoundParty } from "./join-flow"
import { partyOfPinAction } from "./party-of-pin"

const pinLength = 6

type PartyPinStepProps = {
  pinOfLink: string
  refusal: string | undefined
  onFound: (party: FoundParty) => void
}

/** Which party: asked for only when no QR code brought it, or when what it brought was wrong. */
export function PartyPinStep({ pinOfLink, refusal, onFound }: PartyPinStepProps) {
  const { text: pin, setText: setPin } = useStoredText("join:party-pin", pinOfLink)
  const [isTooShort, setIsTooShort] = useState(false)
  const command = useCommand()
  const [isTouched, setIsTouched] = useState(false)
  const problem = isTooShort ? "The party PIN has six digits." : (command.problemAt("pin") ?? (isTouched ? undefined : refusal))

  function handleChange(digits: string) {
    setPin(digits)
    setIsTouched(true)
    setIsTooShort(false)
    command.clearProblem()
  }

  async function find(digits: string) {
    if (digits.length < pinLength) return setIsTooShort(true)
    setIsTouched(true)
    const found = await command.run("pin", () => partyOfPinAction(digits))
    if (found) onFound({ pin: digits, name: found.partyName })
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    void find(pin)
  }

  return (
    <form onSubmit={handleSubmit} className="grid animate-rise content-center gap-6">
      <h1 className="text-6xl">Which party?</h1>
      <PinInput
        label="Party PIN"
        length={pinLength}
        value={pin}
        onChange={handleChange}
        onComplete={(digits) => void find(digits)}
        hint="Six digits. They are on the TV."
        error={problem}
        autoFocus
      />
      <Button type="submit" size="big" pending={command.busyPlace === "pin"}>Next</Button>
    </form>
  )
}
