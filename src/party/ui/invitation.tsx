import type { ReactNode } from "react"
import { classNames } from "@/ui/class-names"
import type { GuestView, PartyView } from "../view"
import { GuestWall } from "./guest-wall"
import { pinText } from "./pin-text"

type InvitationProps = {
  party: PartyView
  guests: readonly GuestView[]
  /** The address people can type, without the scheme. */
  address: string
  /** The QR code, drawn by the server; fills its box. */
  qr: ReactNode
  /** The evening's table, once there is news in it. */
  aside: ReactNode
  /** Who is on the virtual LAN, in one line. */
  lan: ReactNode
}

/** Between games: what this is, how to get in, and who already is. */
export function Invitation({ party, guests, address, qr, aside, lan }: InvitationProps) {
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_minmax(0,1fr)] gap-7">
      <h1 dir="auto" className={classNames("line-clamp-2 animate-rise py-1 text-left", nameSize(party.name))}>{party.name}</h1>
      <div className={classNames("grid items-stretch gap-10", aside ? "grid-cols-[37rem_minmax(0,1fr)_34rem]" : "grid-cols-[37rem_minmax(0,1fr)]")}>
        <div className="size-[37rem] overflow-hidden rounded-3xl bg-white">{qr}</div>
        <HowToGetIn party={party} address={address} isRoomy={!aside} />
        {aside}
      </div>
      <GuestWall guests={guests} beside={lan} />
    </div>
  )
}

function HowToGetIn({ party, address, isRoomy }: { party: PartyView; address: string; isRoomy: boolean }) {
  return (
    <div className="grid min-w-0 content-between">
      {party.isDoorLocked ? <LockedDoor /> : <OpenDoor isRoomy={isRoomy} />}
      <div className="grid gap-1">
        <p className="text-3xl text-muted">or type</p>
        <p dir="ltr" className={classNames("font-bold break-words text-accent-text", isRoomy && address.length <= 28 ? "text-6xl" : addressSize(address))}>{address}</p>
      </div>
      <div className="grid gap-1">
        <p className="text-3xl text-muted">party PIN</p>
        <p className={classNames("numerals", isRoomy ? "text-[11rem]" : "text-9xl")}>{pinText(party.joinPin)}</p>
      </div>
    </div>
  )
}

function OpenDoor({ isRoomy }: { isRoomy: boolean }) {
  return (
    <div className="grid gap-3">
      <h2 className={isRoomy ? "text-9xl" : "text-7xl"}>Scan. Name. Play.</h2>
      <p className={classNames("text-muted", isRoomy ? "text-4xl" : "text-3xl")}>No app. 1,000 coins wait for you inside.</p>
    </div>
  )
}

function LockedDoor() {
  return (
    <div role="status" className="grid gap-3">
      <h2 className="text-7xl text-coins-text">The door is locked</h2>
      <p className="text-3xl text-muted">Everybody inside plays on and can scan to come back. New here? Ask the host.</p>
    </div>
  )
}

function nameSize(name: string): string {
  if (name.length <= 30) return "text-9xl"
  return name.length <= 42 ? "text-8xl" : "text-6xl"
}

function addressSize(address: string): string {
  if (address.length <= 19) return "text-5xl"
  return address.length <= 26 ? "text-4xl" : "text-3xl"
}
