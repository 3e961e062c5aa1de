"use client"

import dynamic from "next/dynamic"
import { useState } from "react"
import { useCountdown } from "@/live/use-countdown"
import { Button } from "@/ui/button"
import { clockText } from "@/ui/clock-text"
import { Notice } from "@/ui/notice"
import { Skeleton } from "@/ui/skeleton"
import { partsOfLink } from "../join-line"
import { CopyBox } from "./copy-box"
import { Fold, JoinGuide } from "./join-guide"
import type { OwnLine } from "./own-line"

// The encoder reaches only the phone that asks for a picture.
const QrCode = dynamic(() => import("@/ui/qr-code").then((code) => code.QrCode), { loading: () => <Skeleton className="aspect-square w-full" /> })

type FreshLineProps = {
  line: OwnLine
  /** Another one is being made. */
  isBusy: boolean
  onAgain: () => void
  onDone: () => void
}

/** A line that was just made: shown to nobody else, good once, for as long as the clock says [LAN-20] [LAN-21]. */
export function FreshLine({ line, isBusy, onAgain, onDone }: FreshLineProps) {
  const leftMs = useCountdown(line.expiresAt)
  const parts = partsOfLink(line.link)
  if (leftMs === 0 || parts === null) {
    return (
      <div className="grid gap-3">
        <Notice tone="tip">{leftMs === 0 ? "That line is too old by now." : "This address makes no line that is safe to run. Open the party by its own address."}</Notice>
        <Button size="big" pending={isBusy} onClick={onAgain}>Make a new line</Button>
      </div>
    )
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="flex items-start justify-between gap-3">
        <h2 className="text-3xl">One line, one PC</h2>
        <p className="text-right leading-tight text-muted">good for <span className="numerals block text-3xl text-ink">{leftMs === null ? "" : clockText(leftMs)}</span></p>
      </div>
      <JoinGuide origin={parts.origin} invitation={parts.invitation}>
        <Fold title="Get it onto the PC">
          <p>Open this link in the PC’s browser: it shows the same line there.</p>
          <CopyBox text={line.link} label="The link for the PC" look="quiet">Copy the link</CopyBox>
          <LinkAsPicture link={line.link} />
          <p className="text-muted">Or open <strong dir="ltr" className="break-all">{parts.origin}/lan</strong> there and take your seat with your PIN.</p>
        </Fold>
      </JoinGuide>
      <div className="flex gap-3">
        <Button look="quiet" className="flex-1" pending={isBusy} onClick={onAgain}>New line</Button>
        <Button look="quiet" onClick={onDone}>Hide</Button>
      </div>
      <p className="text-muted">Keep it to yourself: whoever runs it is in. A new line makes this one useless.</p>
    </div>
  )
}

function LinkAsPicture({ link }: { link: string }) {
  const [isShown, setIsShown] = useState(false)
  if (!isShown) return <Button look="quiet" onClick={() => setIsShown(true)}>Show it as QR code</Button>
  return <div className="mx-auto aspect-square w-full max-w-72 overflow-hidden rounded-xl bg-white"><QrCode text={link} label="QR code of the link" className="size-full" /></div>
}
