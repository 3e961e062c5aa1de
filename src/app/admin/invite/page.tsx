import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { InviteWifi } from "@/party/ui/invite-wifi"
import { pinText } from "@/party/ui/pin-text"
import { pageNight, partyUrl } from "@/server/page-night"
import { ButtonLink } from "@/ui/button-link"
import { QrCode } from "@/ui/qr-code"
import "./invite.css"
import { PrintButton } from "./print-button"

export const metadata: Metadata = { title: "Invite sheet" }
export const dynamic = "force-dynamic"

const steps = [
  { title: "Scan", words: "Point the camera of your phone at the code." },
  { title: "Your name", words: "Type it. You get a seat and 1000 coins." },
  { title: "Play", words: "Drive, bet, win. Nothing to install." },
]

/** One sheet of A4 for the door, the fridge and the toilet: how to get in. Black on white, on paper and on the screen. */
export default async function InvitePage() {
  const shown = await pageNight("host")
  if (!shown.success) redirect("/admin/login")
  const { party } = shown.night
  const url = await partyUrl()
  return (
    <main className="invite-sheet mx-auto grid max-w-[52rem] gap-4 p-4 print:block print:max-w-none print:p-0">
      <div className="flex flex-wrap items-center justify-between gap-3 print:hidden">
        <ButtonLink href="/admin/race-control" look="quiet">Race control</ButtonLink>
        <PrintButton />
      </div>
      <article data-theme="light" className="grid gap-8 rounded-2xl bg-white p-10 text-black print:rounded-none print:p-0">
        <header>
          <p className="display text-2xl">You are invited to</p>
          <h1 dir="auto" className="mt-2 text-8xl [overflow-wrap:anywhere]">{party.name}</h1>
        </header>
        <div className="flex flex-wrap items-center gap-10">
          <QrCode text={`${url}/party/join?pin=${party.joinPin}`} label="Join the party" className="w-80 shrink-0" />
          <ol className="grid flex-1 basis-64 gap-6">
            {steps.map(({ title, words }, at) => (
              <li key={title} className="flex gap-4">
                <span className="numerals grid size-14 shrink-0 place-items-center rounded-full border-4 border-black text-3xl">{at + 1}</span>
                <span>
                  <strong className="display block text-3xl">{title}</strong>
                  <span className="text-lg">{words}</span>
                </span>
              </li>
            ))}
          </ol>
        </div>
        <div className="flex flex-wrap items-end justify-between gap-6 border-t-4 border-black pt-6">
          <p className="min-w-0 text-xl">
            No camera? Open
            <strong className="mt-1 block text-2xl [overflow-wrap:anywhere]">{url.replace(/^https?:\/\//, "")}/party/join</strong>
          </p>
          <p className="text-xl">
            Party PIN
            <strong className="numerals mt-1 block text-7xl">{pinText(party.joinPin)}</strong>
          </p>
        </div>
        <InviteWifi />
      </article>
    </main>
  )
}
