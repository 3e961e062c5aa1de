"use client"

import { useState } from "react"
import type { startPartyAction } from "@/app/actions/party-logic"
import { Button } from "@/ui/button"
import { ButtonLink } from "@/ui/button-link"
import { copyText } from "@/ui/copy-text"
import { Notice } from "@/ui/notice"

/** A party that was started a moment ago, with what is shown once. */
export type Started = Omit<Extract<Awaited<ReturnType<typeof startPartyAction>>, { success: true }>, "success">

/** Link and passcode of the host, to be kept now: nobody can show them again. */
export function StartedParty({ party }: { party: Started }) {
  const [copied, setCopied] = useState<boolean | null>(null)
  const text = `${party.name}\nHost: ${party.hostLink}\nPasscode: ${party.passcode}\nGuests: ${party.joinLink}\nParty PIN: ${party.joinPin}`
  return (
    <div className="grid gap-5">
      <h2 dir="auto" className="text-4xl wrap-anywhere">{party.name}</h2>
      <Notice tone="tip">Keep this now: it is shown once.</Notice>
      <dl className="grid gap-3">
        <Kept term="Passcode of the host, asked for with the PIN" className="numerals text-4xl tracking-widest">{party.passcode}</Kept>
        <Kept term="Link of the host, works once, for a day" className="text-base wrap-anywhere">{party.hostLink}</Kept>
        <Kept term="Party PIN for the guests" className="numerals text-4xl tracking-widest">{party.joinPin}</Kept>
      </dl>
      <div className="grid gap-3">
        <Button look="quiet" onClick={() => void copyText(text).then(setCopied)}>Copy all</Button>
        <Notice tone={copied ? "done" : "tip"}>{copied === null ? null : copied ? "Copied." : "Copying is not allowed here: mark the text above."}</Notice>
        <ButtonLink href={party.hostLink} prefetch={false} size="big">Open race control</ButtonLink>
      </div>
      <p className="text-muted">{party.deletesAt ? `Everything of this party is deleted on ${dayText(party.deletesAt)}. Race control can change the date.` : "This party is kept until you delete it."}</p>
    </div>
  )
}

function Kept({ term, className, children }: { term: string; className: string; children: string | number }) {
  return (
    <div className="grid gap-0.5">
      <dt className="font-semibold text-muted">{term}</dt>
      <dd className={`${className} select-all`}>{children}</dd>
    </div>
  )
}

function dayText(iso: string): string {
  return new Date(iso).toLocaleDateString(undefined, { day: "numeric", month: "long", year: "numeric" })
}
