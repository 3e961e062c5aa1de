"use client"

import { useEffect } from "react"
import { useNight } from "@/live/use-night"
import { PhoneEveningTable } from "@/party/ui/phone-evening-table"
import { GuestsPresent } from "@/party/ui/guests-present"
import { LeavePhone } from "@/party/ui/leave-phone"
import { type ScreenAwake, ScreenAwakeSwitch } from "@/party/ui/screen-awake"
import type { OwnGuestView } from "@/party/view"
import { Card } from "@/ui/card"
import { Notice } from "@/ui/notice"
import { ThemeToggle } from "@/ui/theme-toggle"
import { Receipt } from "@/wallet/ui/receipt"

/** The evening so far: the table, the own receipt, who is in (long in a full house), and what belongs to this phone. */
export function TonightTab({ me, awake }: { me: OwnGuestView; awake: ScreenAwake }) {
  const { night, refetch } = useNight()
  const guests = night.guests.filter(({ isKicked }) => !isKicked)

  // Events do not carry the table: look once when somebody comes to read it.
  useEffect(() => refetch(), [refetch])

  return (
    <div className="grid grid-cols-1 gap-4">
      {me.owedCoins > 0 && (
        <Notice tone="tip">You owe the house {me.owedCoins} coins: your purse did not hold a fee, or what a corrected result took back. The next coins you get pay it.</Notice>
      )}
      <Card tag={night.party.name} title="The table"><PhoneEveningTable table={night.table} me={me} /></Card>
      <Card title="My receipt"><Receipt walletBalance={me.walletBalance} owedCoins={me.owedCoins} /></Card>
      <Card title="Who is in" aside={<span className="numerals text-3xl text-accent-text">{guests.length}</span>}><GuestsPresent guests={guests} /></Card>
      <Card title="This phone">
        <div className="flex min-h-13 items-center justify-between gap-4">
          <span className="font-semibold">Day or night colours</span>
          <ThemeToggle className="border-2 border-control" />
        </div>
        <ScreenAwakeSwitch awake={awake} />
        <LeavePhone pinCode={me.pinCode} />
      </Card>
    </div>
  )
}
