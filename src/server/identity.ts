import { sealData, unsealData } from "iron-session"
import { z } from "zod"
import type { OpenSeal } from "./opened-seals"

/** Who a browser says it is. Sealed, so it was us who said so; whether it still holds is for `actor.ts` to prove. */
export type Claims = {
  readonly guest?: { partyId: string; guestId: string }
  readonly host?: { partyId: string; linkId: string | null }
  readonly tv?: { partyId: string; linkId: string }
  /** Never sealed: made by the door for one command, once the party PIN was right. */
  readonly newcomer?: { partyId: string }
  /** Never sealed: made by due work for a seat the AI plays. */
  readonly ai?: { partyId: string; participantId: string }
  /** Never sealed: made by due work, which is the house itself. */
  readonly clock?: { partyId: string }
}

export type ClaimKind = "guest" | "host" | "tv"

/** The name of the cookie that holds a claim. */
export const cookieNames: Record<ClaimKind, string> = { guest: "party_user", host: "party_host", tv: "party_tv" }

/** How long a cookie lasts, in seconds [PTY-5]. */
export const claimSeconds = 7 * 24 * 60 * 60

const shapes = {
  guest: z.object({ kind: z.literal("guest"), partyId: z.uuid(), guestId: z.uuid() }),
  host: z.object({ kind: z.literal("host"), partyId: z.uuid(), linkId: z.nullable(z.uuid()) }),
  tv: z.object({ kind: z.literal("tv"), partyId: z.uuid(), linkId: z.uuid() }),
}

/** The cookie value (or bearer token) for a claim. */
export function sealClaim<K extends ClaimKind>(kind: K, claim: NonNullable<Claims[K]>, secret: string): Promise<string> {
  return sealData({ kind, ...claim }, { password: secret, ttl: claimSeconds })
}

/** The claim in a seal; undefined for a forged, expired or foreign one. */
export async function unsealClaim(kind: ClaimKind, seal: string, secret: string): Promise<Claims> {
  const opened = await unsealData(seal, { password: secret, ttl: claimSeconds }).catch(() => undefined)
  const claim = shapes[kind].safeParse(opened)
  return claim.success ? { [kind]: claim.data } : {}
}

/** All claims of a request: its cookies, and a bearer token for programs, which may be any kind of seal. */
export async function claimsOf(
  cookie: (name: string) => string | undefined,
  bearer: string | undefined,
  open: OpenSeal,
): Promise<Claims> {
  const kinds = Object.keys(cookieNames) as ClaimKind[]
  const found = await Promise.all(
    kinds.flatMap((kind) => {
      const seal = cookie(cookieNames[kind])
      return [seal, bearer].flatMap((text) => (text ? [open(kind, text)] : []))
    }),
  )
  return Object.assign({}, ...found) as Claims
}
