"use client"

import { Keyboard, Link2, LogOut, Printer, Tv } from "lucide-react"
import { useRouter } from "next/navigation"
import { type ReactNode, useState } from "react"
import { hostLogoutAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { HostLinks } from "@/party/ui/host-links"
import { TvPin } from "@/party/ui/tv-pin"
import { useCommand } from "@/party/ui/use-command"
import { Button } from "@/ui/button"
import { buttonLook } from "@/ui/button-look"
import { classNames } from "@/ui/class-names"
import { Dialog } from "@/ui/dialog"
import { Notice } from "@/ui/notice"
import { Tag } from "@/ui/tag"
import { ThemeToggle } from "@/ui/theme-toggle"

type DeskHeaderProps = {
  /** Where others reach this party. */
  origin: string
  onHelp: () => void
  /** What the desk is about. */
  children: ReactNode
}

const tvViews = [
  { view: "", words: "Follows the night" },
  { view: "?view=invite", words: "Invite" },
  { view: "?view=race", words: "Race" },
  { view: "?view=imposter", words: "Imposter" },
  { view: "?view=quipflip", words: "Quipflip" },
  { view: "?view=table", words: "Table" },
]

/** The party, its PIN, and the ways out of this page. */
export function DeskHeader({ origin, onHelp, children }: DeskHeaderProps) {
  const { night } = useNight()
  const [isTvShown, setIsTvShown] = useState(false)
  const [areLinksShown, setAreLinksShown] = useState(false)
  const { party } = night
  const quiet = classNames(buttonLook("quiet", "small"), "px-3!")
  return (
    <>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 dir="auto" className="min-w-0 truncate py-1 text-4xl">{party.name}</h1>
        {party.status === "ENDED" ? <Tag>Over</Tag> : party.isDoorLocked && <Tag look="outline">Door locked</Tag>}
        <p className="flex items-baseline gap-2 text-muted">PIN <span className="numerals text-3xl text-ink">{party.joinPin}</span></p>
        {children}
        <nav aria-label="Race control" className="flex flex-wrap items-center gap-2 max-sm:w-full max-sm:justify-between sm:ml-auto">
          <Button look="quiet" size="small" className="px-3!" onClick={() => setIsTvShown(true)}><Tv aria-hidden className="size-5" /> <span className="max-sm:sr-only">TV</span></Button>
          <Button look="quiet" size="small" className="px-3!" onClick={() => setAreLinksShown(true)}><Link2 aria-hidden className="size-5" /> <span className="max-sm:sr-only">Links</span></Button>
          <a href="/admin/invite" target="_blank" className={quiet}><Printer aria-hidden className="size-5" /> <span className="max-sm:sr-only">Invite</span></a>
          <Button look="quiet" size="small" className="px-3!" aria-label="Keyboard shortcuts" onClick={onHelp}><Keyboard aria-hidden className="size-5" /> <span className="max-sm:hidden">?</span></Button>
          <ThemeToggle />
          <LeaveButton />
        </nav>
      </header>
      <Dialog open={isTvShown} onClose={() => setIsTvShown(false)} title="TV">
        <p>Open it in a new window, pull that onto the TV and press F11. A TV with its own browser gets a link instead.</p>
        <ul className="grid grid-cols-2 gap-2">
          {tvViews.map(({ view, words }) => (
            <li key={words} className="grid">
              <a href={`/party/tv${view}`} target="_blank" className={buttonLook(view === "" ? "primary" : "quiet", "normal")}>{words}</a>
            </li>
          ))}
        </ul>
        <TvPin />
      </Dialog>
      <Dialog open={areLinksShown} onClose={() => setAreLinksShown(false)} title="Links">
        <HostLinks origin={origin} />
      </Dialog>
    </>
  )
}

function LeaveButton() {
  const router = useRouter()
  const { run, busyPlace, problemAt } = useCommand()

  async function leave() {
    if (await run("leave", () => hostLogoutAction())) router.replace("/admin/login")
  }

  return (
    <>
      <Button look="quiet" size="small" className="px-3!" aria-label="Leave race control" title="Leave race control" pending={busyPlace === "leave"} onClick={() => void leave()}>
        <LogOut aria-hidden className="size-5" />
      </Button>
      <Notice>{problemAt("leave")}</Notice>
    </>
  )
}
