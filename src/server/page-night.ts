import "server-only"
import { headers } from "next/headers"
import { assert } from "@/kernel/assert"
import { replyTo } from "./answer"
import type { Failure } from "@/kernel/answer"
import type { NightView, Surface } from "@/live/night-view"
import type { SocketConfig } from "@/realtime/party-socket"
import { nightFor } from "./night-view"
import { claimsOfRequest } from "./request"
import { runQuery } from "./run-query"
import { runtime } from "./runtime"

export type PageNight = { success: true; night: NightView; realtime: SocketConfig } | Failure

/** What a page renders first: the night as this browser may see it on this surface, and how to follow it from there. */
export async function pageNight(surface: Surface): Promise<PageNight> {
  const parts = runtime()
  const { answer } = await replyTo(parts.log, "pageNight", async () =>
    runQuery(parts, nightFor(surface), await claimsOfRequest(parts), {}),
  )
  if (!answer.success) return answer
  assert(answer.night, "a page that knows no version gets the whole night")
  const { PUSHER_KEY, PUSHER_CLUSTER, PUSHER_IS_LOCAL } = parts.env
  const realtime = { key: PUSHER_KEY, cluster: PUSHER_CLUSTER ?? null, isLocal: PUSHER_IS_LOCAL }
  return { success: true, night: answer.night, realtime }
}

/** Where guests reach this party, for QR codes: the house's address, or the host name of this request. */
export async function partyUrl(): Promise<string> {
  const { env } = runtime()
  if (env.PARTY_URL) return env.PARTY_URL.replace(/\/$/, "")
  const head = await headers()
  return `${head.get("x-forwarded-proto") ?? "http"}://${head.get("x-forwarded-host") ?? head.get("host") ?? "localhost"}`
}
