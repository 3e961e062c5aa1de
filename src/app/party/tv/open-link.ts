"use client"

import { openLinkAction } from "@/app/actions/party-logic"
import { useFragment } from "@/ui/use-fragment"
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

/** Hands over the code of `/party/tv#CODE`. */
export function useCodeInAddress(onCode: (code: string) => void): void {
  useFragment((text) => {
    const code = linkCodeOf(text ?? "")
    if (code !== "") onCode(code)
  })
}
