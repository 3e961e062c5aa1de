"use client"

import { FileUp } from "lucide-react"
import { type DragEvent, type RefObject, useState } from "react"
import { useHostCommand } from "@/party/ui/use-host-command"
import { Button } from "@/ui/button"
import { classNames } from "@/ui/class-names"
import { Notice } from "@/ui/notice"
import type { RaceView } from "../view"
import { ResultFileMapping } from "./result-file-mapping"
import { type FilePreview, previewResultFile } from "./result-file-upload"

type ResultFileDropProps = {
  race: RaceView | null
  buttonRef: RefObject<HTMLInputElement | null>
  /** The race the laps went to. */
  onImported: (gameId: string) => void
}

type Read = FilePreview & { upload: File }

/** A simulator's result file: dropped or picked, shown, mapped to guests, imported [RAC-24] [RAC-33]. */
export function ResultFileDrop({ race, buttonRef, onImported }: ResultFileDropProps) {
  const { run, busy, refusal, isOffline, clear } = useHostCommand()
  const [read, setRead] = useState<Read | null>(null)
  const [isOver, setIsOver] = useState(false)
  const [done, setDone] = useState<string | null>(null)

  async function take(upload: File | undefined) {
    if (!upload) return
    setRead(null)
    setDone(null)
    clear()
    const preview = await run(() => previewResultFile(upload))
    if (preview) setRead({ file: preview.file, known: preview.known, upload })
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    setIsOver(false)
    if (!isOffline) void take(event.dataTransfer.files[0])
  }

  return (
    <div className="grid gap-4" data-accent="racing">
      <label
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
        className={classNames(
          "grid cursor-pointer justify-items-center gap-2 rounded-2xl border-2 border-dashed px-4 text-center has-focus-visible:outline-3 has-focus-visible:outline-offset-3 has-focus-visible:outline-focus",
          read ? "py-3" : "py-8",
          isOver ? "border-accent bg-raised" : "border-control",
        )}
      >
        {!read && <FileUp aria-hidden className="size-10 text-accent-text" />}
        <span className="display text-2xl">{busy ? "Reading …" : read ? "Another file" : "Drop a result file"}</span>
        <span className="text-muted">or press to choose one</span>
        <input
          ref={buttonRef}
          type="file"
          accept=".json,.xml,.txt"
          aria-label="Choose a result file"
          disabled={busy || isOffline}
          className="sr-only"
          onChange={(event) => {
            void take(event.target.files?.[0])
            // The same file chosen again is a new try.
            event.target.value = ""
          }}
        />
      </label>
      {!read && !done && <p className="text-muted">Assetto Corsa, Assetto Corsa Competizione, iRacing or rFactor 2, up to 8 MB. Nothing changes before you say so.</p>}
      <Notice>{refusal && saidUnchanged(refusal)}</Notice>
      <Notice tone="done">{done}</Notice>
      {read && (
        <ResultFileMapping
          key={`${read.upload.name} ${read.upload.lastModified}`}
          {...read}
          race={race}
          onImported={(told) => {
            setRead(null)
            setDone(`${told.driverCount === 1 ? "1 driver" : `${told.driverCount} drivers`} and ${told.lapCount === 1 ? "1 new lap" : `${told.lapCount} new laps`} are in.`)
            onImported(told.gameId)
          }}
        />
      )}
      {read && <Button look="quiet" size="small" onClick={() => setRead(null)}>Leave it</Button>}
    </div>
  )
}

const unchanged = "Nothing was changed."

/** Some refusals say so themselves. */
function saidUnchanged(refusal: string): string {
  return refusal.endsWith(unchanged) ? refusal : `${refusal} ${unchanged}`
}
