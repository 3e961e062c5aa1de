"use client"

import { type RefObject, useState } from "react"
import { lockDoorAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { Coins } from "@/ui/coins"
import { EmptyState } from "@/ui/empty-state"
import { Field } from "@/ui/field"
import { Notice } from "@/ui/notice"
import { Switch } from "@/ui/switch"
import type { GuestView } from "../view"
import { GuestControls } from "./guest-controls"
import { filterPeople } from "./person-filter"
import { useHostCommand } from "./use-host-command"

/** Everybody with a seat, in the order of joining: search, whose phone is online, and what the host can do for each. */
export function GuestList({ searchRef }: { searchRef: RefObject<HTMLInputElement | null> }) {
  const { night, onlineIds } = useNight()
  const [typed, setTyped] = useState("")
  const [openId, setOpenId] = useState<string | null>(null)
  const coinsOf = new Map(night.table.map((row) => [row.guestId, row.coins]))
  const found = filterPeople(night.guests, typed)
  return (
    <div className="grid gap-4">
      <DoorSwitch />
      <Field ref={searchRef} label="Find a guest" type="search" autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
      <p role="status" className="text-muted">{countWords(night.guests, found.length, onlineIds)}</p>
      {night.guests.length === 0 && <EmptyState title="Nobody is here yet">Put the TV on, or print the invite sheet.</EmptyState>}
      <ul className="grid" aria-label="Guests">
        {found.map((guest) => (
          <li key={guest.id} className="border-b border-line last:border-0">
            <button
              type="button"
              aria-expanded={openId === guest.id}
              onClick={() => setOpenId(openId === guest.id ? null : guest.id)}
              className="flex min-h-13 w-full items-center gap-3 rounded-lg px-1 text-left -outline-offset-3 hover:bg-raised"
            >
              <Avatar id={guest.id} name={guest.name} size="small" className={guest.isKicked ? "opacity-40" : undefined} />
              <span dir="auto" className={classNames("min-w-0 flex-1 truncate font-bold", guest.isKicked && "text-muted line-through")}>{guest.name}</span>
              {onlineIds?.has(guest.id) && <span className="text-lan-text"><span aria-hidden>● </span>online</span>}
              {guest.isKicked && <span className="text-muted">out</span>}
              {guest.isDriverSeat && <span className="text-muted">no phone</span>}
              {coinsOf.has(guest.id) && <Coins amount={coinsOf.get(guest.id) ?? 0} className="w-24 justify-end text-xl" />}
            </button>
            {openId === guest.id && <GuestControls guest={guest} />}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A locked door lets nobody new in and throws nobody out [PTY-11]. */
function DoorSwitch() {
  const { night } = useNight()
  const { run, busy, refusal, isOffline } = useHostCommand()
  const { isDoorLocked } = night.party
  return (
    <div className="grid gap-2">
      <Switch
        label="Door locked"
        hint={isDoorLocked ? "Nobody new gets in. Whoever is in stays in." : "Anybody with the party PIN can join."}
        checked={isDoorLocked}
        aria-busy={busy || undefined}
        disabled={isOffline}
        onChange={() => void run(() => lockDoorAction(!isDoorLocked))}
      />
      <Notice>{refusal}</Notice>
    </div>
  )
}

function countWords(guests: readonly GuestView[], foundCount: number, onlineIds: ReadonlySet<string> | null): string {
  if (foundCount !== guests.length) return `${foundCount} of ${guests.length} shown`
  const here = guests.filter(({ isKicked }) => !isKicked)
  const seats = here.length === 1 ? "1 seat" : `${here.length} seats`
  const onlineCount = here.filter(({ id }) => onlineIds?.has(id)).length
  return onlineIds === null ? seats : `${seats}, ${onlineCount} online`
}
