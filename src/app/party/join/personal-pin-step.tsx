"use client"

import { useRouter } from "next/navigation"
import { type FormEvent, useState, useTransition } from "react"
import { loginWithPinAction } from "@/app/actions/party-logic"
import { useCommand } from "@/party/ui/use-command"
import { Button } from "@/ui/button"
import { PinInput } from "@/ui/pin-input"
import { useStoredText } from "@/ui/use-stored-text"
import type { FoundParty } from "./join-flow"

const pinLength = 4

/** Back into the own seat on another phone. */
export function PersonalPinStep({ party, nextPath }: { party: FoundParty; nextPath: string }) {
  const router = useRouter()
  const { text: pin, setText: setPin, clear } = useStoredText("join:personal-pin")
  const wasHere = useStoredText("join:was-here-before")
  const [isTooShort, setIsTooShort] = useState(false)
  const [isLeaving, startLeaving] = useTransition()
  const command = useCommand()

  const isWrong = command.problem?.code === "wrong_pin"
  // The party's PIN was right already; the TV does not have this one.
  const wrongWords = "That PIN is not right. Look at your other phone, or join as somebody new below."
  const problem = isTooShort ? "Your own PIN has four digits." : isWrong ? wrongWords : command.problemAt("pin")

  async function comeBack(digits: string) {
    if (digits.length < pinLength) return setIsTooShort(true)
    const back = await command.run("pin", () => loginWithPinAction(digits, party.pin))
    if (!back) return
    startLeaving(() => {
      router.replace(nextPath)
      clear()
      wasHere.clear()
    })
  }

  function handleChange(digits: string) {
    setPin(digits)
    setIsTooShort(false)
    command.clearProblem()
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    void comeBack(pin)
  }

  return (
    <form onSubmit={handleSubmit} className="grid animate-rise content-center gap-6">
      <h1 className="text-6xl">Welcome back</h1>
      <PinInput
        label="Your own PIN"
        length={pinLength}
        value={pin}
        onChange={handleChange}
        onComplete={(digits) => void comeBack(digits)}
        hint="Four digits, at the top of your other phone."
        error={problem}
        autoFocus
      />
      <Button type="submit" size="big" pending={command.busyPlace === "pin" || isLeaving}>Back to my seat</Button>
    </form>
  )
}
