"use client"

import { useEffect, useRef } from "react"
import { useMoment, useNight } from "@/live/use-night"
import { Avatar } from "@/ui/avatar"
import { Button } from "@/ui/button"
import { Tag } from "@/ui/tag"
import { useStoredText } from "@/ui/use-stored-text"
import { vibrate } from "@/ui/vibrate"
import type { OwnGuestView } from "../view"

const buzzMs = [400, 150, 400, 150, 800]

/** The host's call to this guest; it stays, through sleep and reload, until the guest answers it on this phone. */
export function useCall(guestId: string): { message: string | null; dismiss: () => void } {
  const { call } = useNight().night
  const answered = useStoredText(`call-answered:${guestId}`)
  useMoment((moment) => {
    if (moment.kind === "guestCalled") vibrate(buzzMs)
  })
  const isOpen = call !== null && call.at > answered.text
  return { message: isOpen ? call.message : null, dismiss: () => call && answered.setText(call.at) }
}

/** The whole phone says that its owner is wanted at the rig. */
export function CalledToRig({ me, message, onDismiss }: { me: OwnGuestView; message: string; onDismiss: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])

  return (
    <dialog
      ref={dialog}
      data-accent="racing"
      aria-labelledby="call-message"
      onCancel={(event) => {
        event.preventDefault()
        onDismiss()
      }}
      className="m-0 h-dvh max-h-none w-screen max-w-none bg-accent p-0 text-on-accent"
    >
      <div className="phone-page grid h-full grid-rows-[1fr_auto] gap-6">
        <div className="grid grid-cols-1 content-center justify-items-center gap-6 text-center">
          <Tag className="animate-pop bg-on-accent! text-accent!">To the rig</Tag>
          <Avatar id={me.id} name={me.name} size="huge" className="animate-pop" />
          <h2 id="call-message" className="max-w-full animate-rise text-7xl break-words" dir="auto">{message}</h2>
          <p className="max-w-full truncate text-2xl font-bold" dir="auto">{me.name}</p>
        </div>
        <Button size="big" autoFocus className="sticky bottom-4 bg-on-accent! text-accent!" onClick={onDismiss}>I’m coming</Button>
      </div>
    </dialog>
  )
}
