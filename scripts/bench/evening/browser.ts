import { randomUUID } from "node:crypto"
import { actionTap, type ActionDoor } from "../doors"
import { flightAnswer, type FlightAnswer } from "../flight-answer"
import { openClient, type Reply } from "../http-client"
import { sharedNow } from "../processes"
import type { Tap as HttpTap } from "../doors"
import type { Notes } from "./notes"

/** The actions an evening's people call. */
export const eveningActions = [
  "joinPartyAction",
  "grantCoinsAction",
  "createRaceAction",
  "registerDriverAction",
  "openBettingAction",
  "placeBetAction",
  "startRaceAction",
  "submitLapTimeAction",
  "settleBetsAction",
  "startImposterRoundAction",
  "openImposterVoteAction",
  "castImposterVoteAction",
  "revealImposterRoundAction",
  "createSessionAction",
  "joinSessionAction",
  "setReadyAction",
  "startSessionAction",
  "beginSessionRoundAction",
  "submitSessionRoundAction",
] as const
export type EveningAction = (typeof eveningActions)[number]
export type EveningDoors = Readonly<Record<EveningAction, ActionDoor>>

export type Hall = { readonly webUrl: string; readonly doors: EveningDoors; readonly notes: Notes }

export type Browser = ReturnType<typeof openBrowser>

// What browsers open to one host beside its WebSocket; the seventh waits.
const connections = 6

/** One person's browser: its cookies and its connections. Every action is noted with how long it took. */
export function openBrowser({ webUrl, doors, notes }: Hall, firstCookie = "") {
  const client = openClient(webUrl, connections)
  const names = new Map(Object.entries(doors).map(([name, { id }]) => [id, name]))
  let cookie = firstCookie

  /** Posts what is an action's and notes it. A refusal is noted by who asked, who knows which ones belong to the game. */
  async function post(tap: HttpTap): Promise<Reply> {
    const sentAt = sharedNow()
    const reply = await client.post(tap)
    const answeredAt = sharedNow()
    const command = names.get(tap.headers["next-action"] ?? "")
    if (command === undefined || reply.status !== 200) return reply
    const { success, version = null } = flightAnswer(reply.text)
    if (success) notes.taps.push({ command, sentAt, answeredAt, version })
    return reply
  }

  return {
    cookie: () => cookie,
    /** For who calls actions in another way and is to be noted all the same. */
    client: { get: client.get, post, close: client.close },
    /** Calls an action as React's client does. @throws when it is refused. */
    async act(action: EveningAction, ...args: readonly unknown[]): Promise<FlightAnswer> {
      const { status, text, cookies } = await post(actionTap({ url: webUrl }, doors[action], cookie, args))
      if (status !== 200) throw new Error(`${action} was answered ${status}: ${text.slice(0, 200)}`)
      const answer = flightAnswer(text)
      if (!answer.success) throw new Error(`${action} was refused: ${answer.code ?? "without a code"}`)
      if (cookies.length > 0) cookie = cookies.join("; ")
      return answer
    },
    /** Opens a page, or asks an address. @throws when it is not there. */
    async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
      const reply = await client.get({ path, headers: { ...headers, cookie } })
      if (reply.status !== 200 && reply.status !== 304) throw new Error(`${path} was answered ${reply.status}: ${reply.text.slice(0, 200)}`)
      return reply
    },
    close: client.close,
  }
}

/** An id of one tap. */
export const tapId = (): string => randomUUID()
