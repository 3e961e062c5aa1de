"use client"

import { useState } from "react"
import { useCommand } from "@/party/ui/use-command"
import { useStoredText } from "@/ui/use-stored-text"
import type { FoundParty } from "./join-flow"
import { partyOfPinAction } from "./party-of-pin"
import { PinForm } from "./pin-form"

type PartyPinStepProps = {
  pinOfLink: string
  refusal: string | undefined
  onFound: (party: FoundParty) => void
}

/** Which party: asked for only when no QR code brought it, or when what it brought was wrong. */
export function PartyPinStep({ pinOfLink, refusal, onFound }: PartyPinStepProps) {
  const { text: pin, setText: setPin } = useStoredText("join:party-pin", pinOfLink)
  const [isTouched, setIsTouched] = useState(false)
  const command = useCommand()

  function handleChange(digits: string) {
    setPin(digits)
    setIsTouched(true)
    command.clearProblem()
  }

  async function find(digits: string) {
    setIsTouched(true)
    const found = await command.run("pin", () => partyOfPinAction(digits))
    if (found) onFound({ pin: digits, name: found.partyName })
  }

  return (
    <PinForm
      title="Which party?"
      label="Party PIN"
      length={6}
      hint="Six digits. They are on the TV."
      pin={pin}
      problem={command.problemAt("pin") ?? (isTouched ? undefined : refusal)}
      tooShortWords="The party PIN has six digits."
      sendWords="Next"
      pending={command.busyPlace === "pin"}
      onChange={handleChange}
      onSend={(digits) => void find(digits)}
    />
  )
}
