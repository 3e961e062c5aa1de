import type { Clock } from "@/kernel/clock"
import type { ClaimKind, Claims } from "./identity"

export type OpenSeal = (kind: ClaimKind, seal: string) => Promise<Claims>

const rememberedMs = 60_000
const mostRemembered = 2_000

/**
 * Opens a seal once and knows it for a minute. Opening one is half a dozen jobs for the thread pool, and a phone sends the
 * same one with every tap. Only what was whole and ours is remembered, so that strangers cannot crowd it out; what a claim
 * is still worth is proven anew each time by `actor.ts`.
 */
export function rememberOpened(open: OpenSeal, clock: Clock): OpenSeal {
  const opened = new Map<string, { claims: Claims; until: number }>()
  return async (kind, seal) => {
    const key = `${kind} ${seal}`
    const now = clock.now().getTime()
    const known = opened.get(key)
    if (known && now < known.until) return known.claims
    const claims = await open(kind, seal)
    opened.delete(key)
    if (claims[kind]) opened.set(key, { claims, until: now + rememberedMs })
    // A Map keeps the order of arrival: the first is the oldest.
    for (const oldest of opened.keys()) {
      if (opened.size <= mostRemembered) break
      opened.delete(oldest)
    }
    return claims
  }
}
