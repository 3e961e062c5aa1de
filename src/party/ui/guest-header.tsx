"use client"

import { useNight } from "@/live/use-night"
import { Avatar } from "@/ui/avatar"
import { ConnectionBar } from "@/ui/connection-bar"
import { Purse } from "@/wallet/ui/purse"
import type { OwnGuestView } from "../view"

/** Who this phone is, the PIN that brings it back, and its purse: always at the top. */
export function GuestHeader({ me }: { me: OwnGuestView }) {
  const { connection } = useNight()
  return (
    <div className="sticky top-0 z-30 border-b-2 border-line bg-ground">
      <ConnectionBar state={connection} />
      <header className="mx-auto flex max-w-lg items-center gap-3 px-4 pt-[max(0.625rem,env(safe-area-inset-top))] pb-2.5">
        <Avatar id={me.id} name={me.name} />
        <div className="grid min-w-0 flex-1 grid-cols-1 gap-0.5">
          <h1 dir="auto" className="truncate text-left text-2xl">{me.name}</h1>
          <p className="text-base leading-none text-muted">PIN <span className="numerals text-lg text-ink">{me.pinCode}</span></p>
        </div>
        <Purse coins={me.walletBalance} />
      </header>
    </div>
  )
}
