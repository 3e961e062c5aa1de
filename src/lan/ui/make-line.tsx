"use client"

import { type ReactNode } from "react"
import { createLanInvitationAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { useCommand } from "@/party/ui/use-command"
import { Button } from "@/ui/button"
import { Notice } from "@/ui/notice"
import { FreshLine } from "./fresh-line"
import { pcsOf, useOwnLine } from "./own-line"

type MakeLineProps = {
  /** Whose PC it is for; null for the host's. */
  guestId: string | null
  /** On the button, while there is no line. */
  words: string
  /** What stands above the button then. */
  children?: ReactNode
}

/** The button that makes a line, and then the line. A line is made once at a time; the secret in it is in this page alone [LAN-20]. */
export function MakeLine({ guestId, words, children }: MakeLineProps) {
  const { night, connection, refetch } = useNight()
  const { line, hold } = useOwnLine(night.lan, guestId)
  const { run, busyPlace, problemAt } = useCommand()
  const isBusy = busyPlace === "line"

  async function make() {
    const pcsBefore = pcsOf(night.lan, guestId).map(({ id }) => id)
    const made = await run("line", () => createLanInvitationAction())
    if (!made) return
    hold({ link: made.link, expiresAt: made.expiresAt, networkId: made.networkId, pcsBefore })
    refetch()
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {line ? <FreshLine line={line} isBusy={isBusy} onAgain={() => void make()} onDone={() => hold(null)} /> : (
        <>
          {children}
          <Button size="big" pending={isBusy} disabled={connection === "offline"} onClick={() => void make()}>{words}</Button>
        </>
      )}
      <Notice>{problemAt("line")}</Notice>
    </div>
  )
}
