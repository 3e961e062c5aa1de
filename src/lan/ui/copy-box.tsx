"use client"

import { Check, Copy } from "lucide-react"
import { useRef } from "react"
import { Button } from "@/ui/button"
import type { ButtonLook } from "@/ui/button-look"
import { Notice } from "@/ui/notice"
import { useCopied } from "./use-copied"

type CopyBoxProps = {
  /** What is shown and copied. */
  text: string
  /** What the text is, for who cannot see it. */
  label: string
  /** On the button. */
  children: string
  look?: ButtonLook
}

/** A text for somewhere else, with a button that copies it. Where the browser lets no page copy, the text is marked and says so. */
export function CopyBox({ text, label, children, look = "primary" }: CopyBoxProps) {
  const shown = useRef<HTMLElement>(null)
  const { isCopied, isForbidden, copy } = useCopied(text)

  async function copyOrMark() {
    if (!(await copy()) && shown.current) window.getSelection()?.selectAllChildren(shown.current)
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <code ref={shown} aria-label={label} role="group" dir="ltr" className="rounded-xl border-2 border-line bg-sunken px-3 py-2.5 text-left font-mono text-base leading-snug break-all select-all">
        {text}
      </code>
      <Button look={look} onClick={() => void copyOrMark()}>
        {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
        {isCopied ? "Copied" : children}
      </Button>
      <span role="status" className="sr-only">{isCopied && "Copied."}</span>
      <Notice tone="tip">{isForbidden && "This browser lets no page copy. The text is marked: copy it by hand."}</Notice>
    </div>
  )
}
