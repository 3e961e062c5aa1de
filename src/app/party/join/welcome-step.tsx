"use client"

import { useEffect, useRef, useState } from "react"
import type { OwnGuestView } from "@/party/view"
import { Avatar } from "@/ui/avatar"
import { ButtonLink } from "@/ui/button-link"
import { Coins } from "@/ui/coins"
import { Tag } from "@/ui/tag"
import { FlyingCoins } from "@/wallet/ui/flying-coins"

const purseId = "welcome-purse"

/** Seated: the PIN to remember, and the coins of the door flying in. */
export function WelcomeStep({ user, partyName, nextPath }: { user: OwnGuestView; partyName: string; nextPath: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const [coins, setCoins] = useState(0)

  useEffect(() => {
    heading.current?.focus()
    // Behind the first coin, so that the digits run while the rest comes in.
    const timer = setTimeout(() => setCoins(user.walletBalance), 450)
    return () => clearTimeout(timer)
  }, [user.walletBalance])

  return (
    <main className="phone-page grid min-h-dvh grid-cols-1 grid-rows-[1fr_auto] gap-6">
      <div className="grid grid-cols-1 content-center justify-items-center gap-4 text-center">
        <Tag className="animate-pop">You are in</Tag>
        <Avatar id={user.id} name={user.name} size="big" className="animate-pop" />
        <h1 ref={heading} tabIndex={-1} className="max-w-full text-5xl outline-none">
          Welcome, <span dir="auto" className="inline-block max-w-full truncate align-bottom text-accent-text">{user.name}</span>
        </h1>
        <p className="-mt-3 max-w-full truncate text-lg text-muted" dir="auto">{partyName}</p>
        <div id={purseId} data-accent="coins" className="relative">
          <Coins amount={coins} size="huge" />
          <span className="absolute inset-x-0 bottom-[-35vh] mx-auto size-0"><FlyingCoins toId={purseId} /></span>
        </div>
        <div className="grid w-full justify-items-center gap-1 rounded-2xl border-2 border-dashed border-control bg-surface px-4 py-3">
          <p className="text-base text-muted">Your PIN</p>
          <p className="numerals text-7xl tracking-widest">{user.pinCode}</p>
          <p className="text-base text-muted">Remember it: it brings you back on another phone.</p>
        </div>
      </div>
      <ButtonLink href={nextPath} prefetch size="big" replace className="sticky bottom-4">Let’s go</ButtonLink>
    </main>
  )
}
