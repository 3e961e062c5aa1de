"use client"

import { useState } from "react"
import { copyText } from "@/ui/copy-text"
import { useForAWhile } from "@/ui/use-for-a-while"

const saidMs = 2_500

/** Copies a text in a tap. `isCopied` for a moment after; `isForbidden` when the browser lets no page copy: show it to be marked. */
export function useCopied(text: string): { isCopied: boolean; isForbidden: boolean; copy: () => Promise<boolean> } {
  const [copied, show] = useForAWhile<{ text: string }>(saidMs)
  const [isForbidden, setIsForbidden] = useState(false)

  async function copy() {
    const isDone = await copyText(text)
    setIsForbidden(!isDone)
    show(isDone ? { text } : null)
    return isDone
  }

  return { isCopied: copied?.text === text, isForbidden, copy }
}
