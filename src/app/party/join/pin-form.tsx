import { type FormEvent, useState } from "react"
import { Button } from "@/ui/button"
import { PinInput } from "@/ui/pin-input"

type PinFormProps = {
  title: string
  label: string
  length: number
  hint: string
  pin: string
  problem: string | undefined
  /** What is said of a PIN that is sent before all its digits are there. */
  tooShortWords: string
  sendWords: string
  pending: boolean
  onChange: (digits: string) => void
  onSend: (digits: string) => void
}

/** Asks for one PIN: sent by its last digit or by the button, but not before it is whole. */
export function PinForm({ title, label, length, hint, pin, problem, tooShortWords, sendWords, pending, onChange, onSend }: PinFormProps) {
  const [isTooShort, setIsTooShort] = useState(false)

  function handleChange(digits: string) {
    setIsTooShort(false)
    onChange(digits)
  }

  function send(digits: string) {
    if (digits.length < length) return setIsTooShort(true)
    onSend(digits)
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    send(pin)
  }

  return (
    <form onSubmit={handleSubmit} className="grid animate-rise content-center gap-6">
      <h1 className="text-6xl">{title}</h1>
      <PinInput label={label} length={length} value={pin} onChange={handleChange} onComplete={send} hint={hint} error={isTooShort ? tooShortWords : problem} autoFocus />
      <Button type="submit" size="big" pending={pending}>{sendWords}</Button>
    </form>
  )
}
