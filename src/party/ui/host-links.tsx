"use client"

import { type FormEvent, useCallback, useEffect, useState } from "react"
import { createHostLinkAction, getHostLinksAction, revokeHostLinkAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { Button } from "@/ui/button"
import { ConfirmButton } from "@/ui/confirm-button"
import { copyText } from "@/ui/copy-text"
import { Field } from "@/ui/field"
import { Notice } from "@/ui/notice"
import { SelectField } from "@/ui/select-field"
import { Skeleton } from "@/ui/skeleton"
import { lostOnTheWay } from "./lost-on-the-way"
import { useHostCommand } from "./use-host-command"

type Kind = "CO_HOST" | "TV"
type GivenLink = Extract<Awaited<ReturnType<typeof getHostLinksAction>>, { success: true }>["links"][number]
type Fresh = { kind: Kind; label: string; url: string; token: string }

const kindWords: Record<Kind, string> = { CO_HOST: "Co-host", TV: "TV" }
const pages: Record<Kind, string> = { CO_HOST: "/admin/login", TV: "/party/tv" }

/** Links for co-hosts and TVs: made, shown once, listed, taken back [PTY-7]. `origin` is where others reach this party. */
export function HostLinks({ origin }: { origin: string }) {
  const [fresh, setFresh] = useState<Fresh | null>(null)
  const { links, problem, reload } = useGivenLinks()
  return (
    <div className="grid gap-5">
      {fresh ? (
        <FreshLink fresh={fresh} onDone={() => setFresh(null)} />
      ) : (
        <MakeLink
          origin={origin}
          onMade={(made) => {
            setFresh(made)
            reload()
          }}
        />
      )}
      <section className="grid gap-2">
        <h3 className="text-2xl">Links given out</h3>
        <Notice>{problem}</Notice>
        {!links && !problem && <Skeleton className="h-12" />}
        {links?.length === 0 && <p className="text-muted">None yet.</p>}
        <ul className="grid">{links?.map((link) => <LinkLine key={link.id} link={link} onRevoked={reload} />)}</ul>
      </section>
    </div>
  )
}

/** The list, read again when the night moves: another host may have made or taken back one. */
function useGivenLinks() {
  const { night } = useNight()
  const [links, setLinks] = useState<readonly GivenLink[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [turn, setTurn] = useState(0)
  const reload = useCallback(() => setTurn((last) => last + 1), [])

  useEffect(() => {
    let isWanted = true
    async function read() {
      const answer = await getHostLinksAction().catch(() => null)
      if (!isWanted) return
      if (answer?.success) setLinks(answer.links)
      setProblem(answer ? (answer.success ? null : answer.error) : lostOnTheWay)
    }
    void read()
    return () => {
      isWanted = false
    }
  }, [night.version, turn])

  return { links, problem, reload }
}

function MakeLink({ origin, onMade }: { origin: string; onMade: (fresh: Fresh) => void }) {
  const { run, busy, refusal, isOffline } = useHostCommand()
  const [kind, setKind] = useState<Kind>("CO_HOST")
  const [label, setLabel] = useState("")

  async function make(event: FormEvent) {
    event.preventDefault()
    const made = await run(() => createHostLinkAction(kind, label))
    if (made) onMade({ kind, label: label.trim(), url: `${origin}${pages[kind]}#${made.token}`, token: made.token })
  }

  return (
    <form onSubmit={(event) => void make(event)} className="grid gap-3">
      <SelectField label="A link for" value={kind} onChange={(event) => setKind(event.target.value === "TV" ? "TV" : "CO_HOST")}>
        <option value="CO_HOST">a co-host: may do everything here</option>
        <option value="TV">a TV: shows the night, does nothing</option>
      </SelectField>
      <Field label="Who or where" placeholder={kind === "TV" ? "Living room" : "Bo"} dir="auto" autoComplete="off" maxLength={40} value={label} onChange={(event) => setLabel(event.target.value)} />
      <Button type="submit" pending={busy} disabled={isOffline || label.trim() === ""}>Make the link</Button>
      <Notice>{refusal}</Notice>
    </form>
  )
}

function FreshLink({ fresh, onDone }: { fresh: Fresh; onDone: () => void }) {
  const [copied, setCopied] = useState<boolean | null>(null)
  const isLocal = /^https?:\/\/(localhost|127\.)/.test(fresh.url)
  return (
    <section className="grid animate-pop gap-3 rounded-xl border-2 border-accent p-4">
      <h3 className="text-2xl">{kindWords[fresh.kind]}: <span dir="auto">{fresh.label}</span></h3>
      <p className="numerals text-3xl leading-tight whitespace-normal [overflow-wrap:anywhere] select-all">{fresh.url}</p>
      {fresh.kind === "TV" && (
        <p>Or open <strong>{fresh.url.split("#")[0]}</strong> on the TV and type <strong className="numerals text-2xl">{fresh.token}</strong></p>
      )}
      <p className="text-muted">Shown only now. Whoever has it is in until you take it back.</p>
      {isLocal && <Notice tone="tip">This address works on this laptop only: no network was found when the party started.</Notice>}
      <div className="flex gap-3">
        <Button className="flex-1" onClick={() => void copyText(fresh.url).then(setCopied)}>Copy</Button>
        <Button look="quiet" onClick={onDone}>Done</Button>
      </div>
      <Notice tone={copied ? "done" : "tip"}>{copied === null ? null : copied ? "Copied." : "Copying is not allowed here: mark the text above."}</Notice>
    </section>
  )
}

function LinkLine({ link, onRevoked }: { link: GivenLink; onRevoked: () => void }) {
  const { run, busy, refusal, isOffline } = useHostCommand()

  async function revoke() {
    if (await run(() => revokeHostLinkAction(link.id))) onRevoked()
  }

  return (
    <li className="grid gap-2 border-b border-line py-1.5 last:border-0">
      <div className="flex items-center gap-3">
        <span className="min-w-0 flex-1">
          <span dir="auto" className="block truncate font-bold">{link.label}</span>
          <span className="text-muted">{link.kind === "TV" ? "TV" : "Co-host"}, {link.isRedeemed ? "in use" : "not opened yet"}</span>
        </span>
        <ConfirmButton size="small" question="Take it back?" pending={busy} disabled={isOffline} onConfirm={() => void revoke()}>Revoke</ConfirmButton>
      </div>
      <Notice>{refusal}</Notice>
    </li>
  )
}
