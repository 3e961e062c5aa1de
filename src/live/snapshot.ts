import type { NightView, Surface } from "./night-view"

/** What asking for the snapshot came to. `gone` means the seat is: kicked, signed out, no such party. */
export type SnapshotAnswer =
  | ({ readonly kind: "night"; readonly night: NightView } & NextQuestion)
  | ({ readonly kind: "unchanged" } & NextQuestion)
  | { readonly kind: "gone"; readonly gone: Gone }
  | ({ readonly kind: "failed" } & NextQuestion)

/** How long the server wants to be left alone by a screen that only polls, ms. */
type NextQuestion = { readonly askAgainInMs?: number }

/** Why this screen is no longer part of the night, with the sentence to show. */
export type Gone = { readonly code: GoneCode; readonly error: string }
/** "elsewhere": another tab took this browser to another seat or party, and the page should be loaded anew. */
export type GoneCode = (typeof goneCodes)[number] | "elsewhere"
const goneCodes = ["kicked", "not_signed_in", "host_only", "party_unknown"] as const

/** A request that takes longer is given up, in ms: on a bad line the next one is quicker. */
export const snapshotPatienceMs = 8000

/** Asks the server for the night. Never rejects. `knownVersion` of a snapshot held saves its transfer. */
export async function fetchSnapshot(surface: Surface, knownVersion: number | null): Promise<SnapshotAnswer> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), snapshotPatienceMs)
  try {
    const response = await fetch(`/api/v1/night?as=${surface}`, {
      cache: "no-store",
      signal: patience.signal,
      headers: knownVersion === null ? {} : { "If-None-Match": `"${knownVersion}"` },
    })
    return await read(response)
  } catch {
    return { kind: "failed" }
  } finally {
    clearTimeout(timer)
  }
}

async function read(response: Response): Promise<SnapshotAnswer> {
  const next = nextQuestionIn(response.headers.get("retry-after"))
  if (response.status === 304) return { kind: "unchanged", ...next }
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return hasNight(body) ? { kind: "night", night: body.night, ...next } : { kind: "failed", ...next }
  const gone = goneIn(body)
  return gone ? { kind: "gone", gone } : { kind: "failed", ...next }
}

/** What `Retry-After` says. Seconds only: our own answers name no date. */
export function nextQuestionIn(retryAfter: string | null): NextQuestion {
  return retryAfter !== null && /^\d{1,4}$/.test(retryAfter) ? { askAgainInMs: Number(retryAfter) * 1000 } : {}
}

/** Tells our own answer from a hotspot's login page. */
function hasNight(body: unknown): body is { night: NightView } {
  if (typeof body !== "object" || body === null || !("night" in body)) return false
  const { night } = body
  return typeof night === "object" && night !== null && "version" in night && Number.isInteger(night.version)
}

function goneIn(body: unknown): Gone | null {
  if (typeof body !== "object" || body === null || !("code" in body)) return null
  const code = goneCodes.find((known) => known === body.code)
  return code ? { code, error: "error" in body && typeof body.error === "string" ? body.error : "" } : null
}
