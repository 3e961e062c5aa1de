"use client"

import { useState } from "react"
import { ButtonLink } from "@/ui/button-link"
import { Card } from "@/ui/card"
import { Notice } from "@/ui/notice"
import { Skeleton } from "@/ui/skeleton"
import { useFragment } from "@/ui/use-fragment"
import { useStoredText } from "@/ui/use-stored-text"
import { readInvitation } from "../invitation-spelling"
import { JoinGuide } from "./join-guide"
import { LanPicture } from "./lan-picture"

/** What the address says behind its "#": not read yet, nothing, no invitation, or one. */
type Seen = { kind: "reading" | "nothing" | "wrong" } | { kind: "line"; origin: string; invitation: string }

/**
 * The page behind an invitation's link, on the PC it is for: the line for its terminal [LAN-22]. The invitation stays in this
 * page: it leaves the address bar and is sent to nobody. `isSeated`: this browser has a seat in the party.
 */
export function LanDoor({ isSeated }: { isSeated: boolean }) {
  const [seen, setSeen] = useState<Seen>({ kind: "reading" })
  useFragment((text) => setSeen((before) => seenIn(text, before)))
  if (seen.kind === "reading") return <Skeleton className="h-60" />
  if (seen.kind === "line") {
    return (
      <Card accent="lan" title="This PC, one line">
        <JoinGuide origin={seen.origin} invitation={seen.invitation} />
        <p className="text-muted">Works once, and only for a while. Stop with Ctrl-C in the terminal: the PC then leaves the LAN.</p>
      </Card>
    )
  }
  return (
    <>
      <Notice>{seen.kind === "wrong" && "This link is not whole. Copy it again from the phone, or make a new line here."}</Notice>
      <HowToGetALine isSeated={isSeated} />
    </>
  )
}

function seenIn(text: string | null, before: Seen): Seen {
  // The fragment leaves the address bar when it is read: nothing there is no news after a line.
  if (text === null) return before.kind === "reading" ? { kind: "nothing" } : before
  const invitation = readInvitation(text)
  return invitation === null ? { kind: "wrong" } : { kind: "line", origin: window.location.origin, invitation }
}

function HowToGetALine({ isSeated }: { isSeated: boolean }) {
  const tab = useStoredText("dashboard-tab")
  const openLan = () => tab.setText("lan")
  return (
    <Card accent="lan" title="Get this PC in">
      <LanPicture />
      <p className="text-lg">{isSeated ? "You have your seat here. Make the line, copy it, paste it into a terminal." : "Take your seat in this browser with your PIN. Then make the line under LAN, copy it, and paste it into a terminal."}</p>
      <ButtonLink size="big" href={isSeated ? "/party/dashboard" : "/party/join"} prefetch={false} onClick={openLan}>{isSeated ? "Make the line" : "Take my seat"}</ButtonLink>
      <p className="text-muted">Or make it on your phone, under LAN, and open its link here.</p>
    </Card>
  )
}
