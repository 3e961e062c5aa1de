import { sealData, unsealData } from "iron-session"
import { z } from "zod"
import { readToken } from "@/lan/tokens"
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
  /** A PC's token for the virtual LAN, as its hash; whose it is stands in the database. It is good or not at the moment it was shown. */
  readonly lanPeer?: { partyId: string; tokenHash: string; shownAt: Date }
  /** The same, made by the door that is for who comes back after a silence. */
  readonly lanReturner?: { partyId: string; tokenHash: string; shownAt: Date }
  /** Never sealed: made by the LAN's door for one command, once invitation, password and key were right. */
  readonly lanInvitee?: { partyId: string; invitationId: string; publicKey: string }
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

/** What a PC claims that shows its token for the virtual LAN: that alone, whatever cookies come with it. */
export function lanClaimsOf(bearer: string | undefined, now: Date): Claims | null {
  const token = bearer ? readToken(bearer) : null
  return token ? { lanPeer: { ...token, shownAt: now } } : null
}
