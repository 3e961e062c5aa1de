"use client"

import type { ReactNode } from "react"
import { callGuestAction } from "@/app/actions/party-logic"
import { Button } from "@/ui/button"
import { useToast } from "@/ui/toast"
import { useHostCommand } from "./use-host-command"

type CallGuestButtonProps = { guestId: string; name: string; className?: string; children: ReactNode }

/** "You drive next", on one phone: it says so and buzzes. */
export function CallGuestButton({ guestId, name, className, children }: CallGuestButtonProps) {
  const toast = useToast()
  const { run, busy, refusal, isOffline } = useHostCommand()

  async function call() {
    if (await run(() => callGuestAction(guestId))) toast(`${name} is called: "You drive next".`, "racing")
  }

  return (
    <>
      <Button look="quiet" size="small" className={className} aria-label={`Call ${name}`} title={`Call ${name}: "You drive next"`} disabled={isOffline || busy} onClick={() => void call()}>
        {children}
      </Button>
      {refusal && <span role="alert" className="self-center font-semibold text-danger-text">{refusal}</span>}
    </>
  )
}
