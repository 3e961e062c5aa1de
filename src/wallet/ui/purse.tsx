"use client"

import { useMoment } from "@/live/use-night"
import { classNames } from "@/ui/class-names"
import { Coins } from "@/ui/coins"
import { useForAWhile } from "@/ui/use-for-a-while"

const shownMs = 5000

/** Where coins fly to on this screen. */
export const purseId = "purse"

type Change = { readonly delta: number; readonly reason: string; readonly id: number }

type PurseProps = {
  coins: number
  /** Where a change is told: beside the coins it covers nothing that is under them. */
  noteAt?: "below" | "beside"
}

/** The guest's coins; when they change, what it was for stands by them for a while. */
export function Purse({ coins, noteAt = "below" }: PurseProps) {
  const [change, setChange] = useForAWhile<Change>(shownMs)

  useMoment((moment) => {
    // A fee that was wholly lent changes nothing here.
    if (moment.kind !== "walletChanged" || moment.payload.delta === 0) return
    setChange({ ...moment.payload, id: moment.version })
  })

  return (
    <div id={purseId} className="relative grid justify-items-end">
      <Coins amount={coins} size="big" />
      <p role="status" className={classNames("absolute", noteAt === "below" ? "top-full right-0 mt-3" : "inset-y-0 right-full mr-3 grid w-max items-center")}>
        {change && (
          <span key={change.id} className="block max-w-56 animate-rise truncate rounded-lg bg-coins px-2.5 py-1 text-base font-semibold text-on-coins shadow-lg">
            <span className="numerals">{signed(change.delta)}</span> {change.reason}
          </span>
        )}
      </p>
    </div>
  )
}

function signed(coins: number): string {
  return coins < 0 ? `−${-coins}` : `+${coins}`
}
