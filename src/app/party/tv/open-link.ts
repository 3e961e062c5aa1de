"use client"

import { useEffect, useEffectEvent } from "react"
import { openLinkAction } from "@/app/actions/party-logic"
import { linkCodeOf } from "./link-code"

const tvPath = "/party/tv"

/**
 * Opens a link by its code and goes where it leads.
 * @returns the sentence that says why not, or null when the page is on its way.
 */
export async function openLink(code: string): Promise<string | null> {
  try {
    const answer = await openLinkAction(code)
    if (!answer.success) return answer.error
    if (answer.goTo === tvPath) location.reload()
    else location.replace(answer.goTo)
    return null
  } catch {
    return "No connection to the party. Check the Wi-Fi of this screen, then press Open again."
  }
}

/** Hands over the code of `/party/tv#CODE`, then and later, and takes it out of the address: a fragment is in no log. */
export function useCodeInAddress(onCode: (code: string) => void): void {
  const hand = useEffectEvent(() => {
    const code = linkCodeOf(decodedFragment())
    if (code === "") return
    history.replaceState(null, "", `${location.pathname}${location.search}`)
    onCode(code)
  })
  useEffect(() => {
    const begin = setTimeout(() => hand())
    const listener = () => hand()
    window.addEventListener("hashchange", listener)
    return () => {
      clearTimeout(begin)
      window.removeEventListener("hashchange", listener)
    }
  }, [])
}

function decodedFragment(): string {
  try {
    return decodeURIComponent(location.hash.slice(1))
  } catch {
    return ""
  }
}
