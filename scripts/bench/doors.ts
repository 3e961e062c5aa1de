import { randomUUID } from "node:crypto"
import { readFile } from "node:fs/promises"
import path from "node:path"
import { z } from "zod"
import { cookieNames, sealClaim } from "@/server/identity"
import { benchSecret } from "./environment"
import { nthBet, nthLap, type Stage } from "./stage"

/** One HTTP request as a phone or a program sends it, ready to go. */
export type Tap = { readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }

const manifestShape = z.object({
  node: z.record(z.string(), z.object({ exportedName: z.string(), workers: z.record(z.string(), z.unknown()) })),
})

/** Where a server action of this build is posted to: a page that holds it, and the action's id. `[name]` in the path is to be filled. */
export type ActionDoor = { readonly path: string; readonly id: string }

/** Finds an action by the name of its export. Throws when no page of the build uses it: then no phone can call it. */
export async function actionDoor(exportedName: string): Promise<ActionDoor> {
  const file = path.join(process.cwd(), ".next", "server", "server-reference-manifest.json")
  const { node } = manifestShape.parse(JSON.parse(await readFile(file, "utf8")))
  const found = Object.entries(node).find(([, action]) => action.exportedName === exportedName)
  const pages = Object.keys(found?.[1].workers ?? {}).filter((worker) => worker.endsWith("/page"))
  // One with an id in its path needs one.
  const page = pages.find((worker) => !worker.includes("[")) ?? pages[0]
  if (!found || !page) throw new Error(`no page of this build uses ${exportedName}`)
  return { id: found[0], path: page.replace(/^app/, "").replace(/\/page$/, "").replace(/\/\([^)]*\)/g, "") || "/" }
}

/** The door on the page of this session. */
export function doorOfSession({ path: pagePath, id }: ActionDoor, sessionId: string): ActionDoor {
  return { id, path: pagePath.replace("[sessionId]", sessionId) }
}

/** A call of a server action as React's client sends one. `undefined` has a spelling of its own there. */
export function actionTap(app: { url: string }, door: ActionDoor, cookie: string, args: readonly unknown[]): Tap {
  return {
    path: door.path,
    headers: {
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
      "next-action": door.id,
      "next-router-state-tree": encodeURIComponent(JSON.stringify(["", {}, null, null, true])),
      origin: app.url,
      cookie,
    },
    body: JSON.stringify(args.map((arg) => (arg === undefined ? "$undefined" : arg))),
  }
}

/** Cookies of a party's people, sealed once. */
export type Cookies = { readonly host: string; guest(guestId: string): string }

export async function cookiesOf({ partyId, bettors, drivers }: Stage): Promise<Cookies> {
  return cookiesFor(partyId, [...bettors, ...drivers])
}

/** Cookies of a party's host and these guests. */
export async function cookiesFor(partyId: string, guestIds: readonly string[]): Promise<Cookies> {
  const guests = new Map<string, string>()
  for (const guestId of guestIds) {
    guests.set(guestId, `${cookieNames.guest}=${await sealClaim("guest", { partyId, guestId }, benchSecret)}`)
  }
  return {
    host: `${cookieNames.host}=${await sealClaim("host", { partyId, linkId: null }, benchSecret)}`,
    guest(guestId) {
      const cookie = guests.get(guestId)
      if (!cookie) throw new Error("that guest is not on the stage")
      return cookie
    },
  }
}

/** The ways into the app that are measured; each makes the nth tap of an evening. */
export type Doors = Readonly<Record<"bet" | "lap" | "restBet" | "stranger", (n: number) => Tap>>

export async function doorsOf(app: { url: string }, stage: Stage): Promise<Doors> {
  const [bet, lap, cookies] = await Promise.all([actionDoor("placeBetAction"), actionDoor("submitLapTimeAction"), cookiesOf(stage)])
  return {
    bet(n) {
      const { bettorId, input } = nthBet(stage, n)
      return actionTap(app, bet, cookies.guest(bettorId), [input.targetUserId, input.amount, input.gameId, randomUUID()])
    },
    lap(n) {
      const { timeText, driverId, gameId } = nthLap(stage, n)
      return actionTap(app, lap, cookies.host, [timeText, undefined, undefined, driverId, gameId, randomUUID()])
    },
    restBet(n) {
      const { bettorId, input } = nthBet(stage, n)
      const headers = { "content-type": "application/json", "idempotency-key": randomUUID(), cookie: cookies.guest(bettorId) }
      return { path: "/api/v1/bets", headers, body: JSON.stringify(input) }
    },
    // Refused before it reaches the database: what the way to a command costs without the command.
    stranger(n) {
      const { input } = nthBet(stage, n)
      return actionTap(app, bet, "", [input.targetUserId, input.amount, input.gameId, randomUUID()])
    },
  }
}
