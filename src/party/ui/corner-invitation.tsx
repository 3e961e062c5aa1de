import type { ReactNode } from "react"
import type { PartyView } from "../view"
import { pinText } from "./pin-text"

type CornerInvitationProps = {
  party: PartyView
  address: string
  /** The QR code, drawn by the server; fills its box. */
  qr: ReactNode
}

/** For latecomers, while something else is on. */
export function CornerInvitation({ party, address, qr }: CornerInvitationProps) {
  return (
    <aside aria-label="Join" className="flex items-center gap-5">
      <div className="size-48 shrink-0 overflow-hidden rounded-xl bg-white">{qr}</div>
      <div className="grid min-w-0 gap-1">
        <p className="display text-4xl">{party.isDoorLocked ? "Door locked" : "Join in"}</p>
        <p dir="ltr" className="text-xl font-semibold break-all text-muted">{address}</p>
        <p className="text-xl text-muted">party PIN</p>
        <p className="numerals text-5xl">{pinText(party.joinPin)}</p>
      </div>
    </aside>
  )
}
