"use client"

import Link from "next/link"
import { useState } from "react"
import type { OwnGuestView } from "@/party/view"
import { Tag } from "@/ui/tag"
import { useStoredText } from "@/ui/use-stored-text"
import { joinPath, landingPath } from "./join-path"
import { NameStep } from "./name-step"
import { PartyPinStep } from "./party-pin-step"
import { PersonalPinStep } from "./personal-pin-step"
import { WelcomeStep } from "./welcome-step"

/** A party whose PIN was right. */
export type FoundParty = { readonly pin: string; readonly name: string }

type JoinFlowProps = {
  /** The digits the link brought, right or wrong. */
  pinOfLink: string
  /** The Quipflip lobby to go on to, for whoever scanned its code. */
  lobbyId?: string | null
  party: FoundParty | null
  /** Why the link's PIN did not do. */
  refusal?: string | undefined
}

/** One field at a time: party PIN, name, welcome; or party PIN, personal PIN, and back in. */
export function JoinFlow({ pinOfLink, lobbyId = null, party: partyOfLink, refusal }: JoinFlowProps) {
  const [party, setParty] = useState(partyOfLink)
  const [pinProblem, setPinProblem] = useState(refusal)
  const [user, setUser] = useState<OwnGuestView | null>(null)
  const returning = useStoredText("join:was-here-before")
  const isReturning = returning.text !== ""

  if (user && party) return <WelcomeStep user={user} partyName={party.name} nextPath={landingPath(lobbyId)} />

  function enterParty(found: FoundParty) {
    setPinProblem(undefined)
    setParty(found)
    // A reload comes back to this step, and the address can be passed on.
    window.history.replaceState(null, "", joinPath(found.pin, lobbyId))
  }

  function leaveParty(problem?: string) {
    setPinProblem(problem)
    setParty(null)
  }

  return (
    <main className="phone-page grid min-h-dvh grid-cols-1 grid-rows-[auto_1fr_auto] gap-6">
      <header className="flex min-h-11 items-center justify-between gap-4">
        <Tag className="min-w-0"><span className="line-clamp-2 break-words"><bdi>{party?.name ?? "Party OS"}</bdi></span></Tag>
        {party && (
          <button type="button" onClick={() => leaveParty()} className="min-h-11 shrink-0 text-base text-muted underline underline-offset-4">
            Other party
          </button>
        )}
      </header>
      {!party && <PartyPinStep pinOfLink={pinOfLink} refusal={pinProblem} onFound={enterParty} />}
      {party && !isReturning && <NameStep party={party} onWrongPin={leaveParty} onJoined={setUser} />}
      {party && isReturning && <PersonalPinStep party={party} nextPath={landingPath(lobbyId)} />}
      <footer className="grid gap-1 text-center">
        <button
          type="button"
          onClick={() => (isReturning ? returning.clear() : returning.setText("yes"))}
          className="min-h-11 text-lg font-semibold text-accent-text underline underline-offset-4"
        >
          {isReturning ? "I am new here" : "I was here before"}
        </button>
        <Link href="/admin/login" prefetch={false} className="grid min-h-11 items-center text-base text-muted underline underline-offset-4">
          I am the host
        </Link>
      </footer>
    </main>
  )
}
