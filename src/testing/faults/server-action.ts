import { cookieNames, sealClaim } from "@/server/identity"
import { actionDoor, actionTap } from "../../../scripts/bench/doors"
import { flightAnswer } from "../../../scripts/bench/flight-answer"

/** The host of a party as their browser calls the built app. */
export type HostBrowser = {
  /** Calls a server action by the name of its export. @returns its answer, and how long it took in ms. */
  call(action: string, ...args: unknown[]): Promise<{ answer: { success: boolean; code?: string | undefined }; ms: number }>
}

/** A browser that holds the host's cookie. */
export async function hostBrowser(app: { baseUrl: string; sessionSecret: string }, partyId: string): Promise<HostBrowser> {
  const seal = await sealClaim("host", { partyId, linkId: null }, app.sessionSecret)
  const cookie = `${cookieNames.host}=${seal}`
  return {
    async call(action, ...args) {
      const { path, headers, body } = actionTap({ url: app.baseUrl }, await actionDoor(action), cookie, args)
      const began = performance.now()
      const response = await fetch(`${app.baseUrl}${path}`, { method: "POST", headers, body, signal: AbortSignal.timeout(20_000) })
      const text = await response.text()
      return { answer: flightAnswer(text), ms: performance.now() - began }
    },
  }
}
