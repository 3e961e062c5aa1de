import { Avatar } from "@/ui/avatar"
import type { GuestView } from "../view"

/** Everybody who has a seat, as badges with names. */
export function GuestsPresent({ guests }: { guests: readonly GuestView[] }) {
  return (
    <ul aria-label="Who is in" className="flex flex-wrap gap-2">
      {guests.map((guest) => (
        <li key={guest.id} className="flex max-w-full items-center gap-2 rounded-xl bg-sunken py-1 pr-3 pl-1">
          <Avatar id={guest.id} name={guest.name} size="small" />
          <span dir="auto" className="truncate">{guest.name}</span>
          {guest.isDriverSeat && <span className="shrink-0 text-muted">· no phone</span>}
        </li>
      ))}
    </ul>
  )
}
