"use client"

import { useState, type KeyboardEvent } from "react"
import { Button } from "@/ui/button"
import { classNames } from "@/ui/class-names"
import { inputLook } from "@/ui/input-look"
import { Notice } from "@/ui/notice"
import { Stage } from "@/ui/stage"
import { useBusy } from "@/ui/use-busy"
import { CodeKeys } from "./code-keys"
import { focusPart } from "./code-parts"
import { linkCodeOf, linkCodeText } from "./link-code"
import { openLink, useCodeInAddress } from "./open-link"
import { TvManners } from "./tv-manners"

/** For a screen that is not the TV of a party yet, or no longer: types the code of a TV link, with a remote or a keyboard. */
export function TvDoor({ reason }: { reason?: string }) {
  const { code, setCode, refusal, busy, open } = useLinkCode()
  return (
    <Stage theme="dark">
      <main className="tv-screen grid h-dvh grid-cols-2 content-center items-center gap-20 p-20" onKeyDown={(event) => handleTyping(event, code, setCode)}>
        <div className="grid gap-8">
          <h1 className="text-9xl">Make this the TV</h1>
          {reason && <p className="text-3xl font-semibold text-coins-text">{reason}</p>}
          <ol className="grid list-inside list-decimal gap-3 text-3xl text-muted">
            <li>On the host&apos;s laptop, make a TV link in race control.</li>
            <li>Type its code here.</li>
          </ol>
        </div>
        <form
          className="grid gap-6"
          onSubmit={(event) => {
            event.preventDefault()
            void open()
          }}
        >
          <CodeField code={code} setCode={setCode} hasError={refusal !== null} />
          <CodeKeys onLetter={(letter) => setCode(code + letter)} onBack={() => setCode(code.slice(0, -1))} />
          <Button
            type="submit"
            size="big"
            pending={busy}
            disabled={code === ""}
            data-part="open"
            className="min-h-24! text-5xl!"
            onKeyDown={(event) => event.key === "ArrowUp" && focusPart(event, "keys")}
          >
            Open
          </Button>
          <Notice className="text-2xl">{refusal}</Notice>
        </form>
      </main>
      <TvManners />
    </Stage>
  )
}

function useLinkCode() {
  const [code, setCodeText] = useState("")
  const [refusal, setRefusal] = useState<string | null>(null)
  const { busy, run } = useBusy(async (wanted: string) => setRefusal(await openLink(wanted)))
  const setCode = (text: string) => {
    setRefusal(null)
    setCodeText(linkCodeOf(text))
  }
  useCodeInAddress((fromAddress) => {
    setCode(fromAddress)
    void run(fromAddress)
  })
  return { code, setCode, refusal, busy, open: () => run(code) }
}

function CodeField({ code, setCode, hasError }: { code: string; setCode: (text: string) => void; hasError: boolean }) {
  return (
    <label className="grid gap-3 text-3xl font-semibold">
      Code of the TV link
      <input
        value={linkCodeText(code)}
        onChange={(event) => setCode(event.target.value)}
        onKeyDown={(event) => event.key === "ArrowDown" && focusPart(event, "keys")}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        aria-invalid={hasError || undefined}
        className={classNames(inputLook(hasError), "numerals min-h-24")}
        style={{ fontSize: "4rem" }}
      />
    </label>
  )
}

/** Letters count wherever the focus is: on a laptop nobody looks for the field first. */
function handleTyping(event: KeyboardEvent, code: string, setCode: (text: string) => void): void {
  if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === "Backspace") setCode(code.slice(0, -1))
  else if (event.key.length === 1 && linkCodeOf(event.key) !== "") setCode(code + event.key)
}
