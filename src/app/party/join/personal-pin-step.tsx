"use client"

import { useRouter } from "next/navigation"
import { useTransition } from "react"
import { loginWithPinAction } from "@/app/actions/party-logic"
import { useCommand } from "@/party/ui/use-command"
import { useStoredText } from "@/ui/use-stored-text"
import type { FoundParty } from "./join-flow"
import { PinForm } from "./pin-form"

/** Back into the own seat on another phone. */
export function PersonalPinStep({ party, nextPath }: { party: FoundParty; nextPath: string }) {
  const router = useRouter()
  const { text: pin, setText: setPin, clear } = useStoredText("join:personal-pin")
  const wasHere = useStoredText("join:was-here-before")
  const [isLeaving, startLeaving] = useTransition()
  const command = useCommand()

  const isWrong = command.problem?.code === "wrong_pin"
  // The party's PIN was right already; the TV does not have this one.
  const wrongWords = "That PIN is not right. Look at your other phone, or join as somebody new below."

  async function comeBack(digits: string) {
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
    command.clearProblem()
  }

  return (
    <PinForm
      title="Welcome back"
      label="Your own PIN"
      length={4}
      hint="Four digits, at the top of your other phone."
      pin={pin}
      problem={isWrong ? wrongWords : command.problemAt("pin")}
      tooShortWords="Your own PIN has four digits."
      sendWords="Back to my seat"
      pending={command.busyPlace === "pin" || isLeaving}
      onChange={handleChange}
      onSend={(digits) => void comeBack(digits)}
    />
  )
}
