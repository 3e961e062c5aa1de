import { and, eq, isNull, or } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"
import { lanInvitations, lanNetworks, lanPeers } from "@/db/schema/lan"
import { partyHostLinks, partyUsers } from "@/db/schema/party"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import { returnVerdict, tokenVerdict, type TokenRefusal } from "@/lan/tokens"
import type {
  ActorOf,
  AiActor,
  ClockActor,
  GuestActor,
  HostActor,
  LanInviteeActor,
  LanPeerActor,
  LanReturnerActor,
  NewcomerActor,
  Party,
  TvActor,
  Who,
} from "@/party/actor"
import type { Claims } from "./identity"

export type ActorRefusal = Refusal<"not_signed_in" | "host_only" | "kicked" | "party_unknown" | "party_ended"> | TokenRefusal

/** Acting changes something, and an ended party lets only its host do that, and the clock, which ends what still runs [PTY-12]. */
export type Intent = "act" | "look"

type Proof = AiActor | ClockActor | GuestActor | HostActor | LanInviteeActor | LanPeerActor | LanReturnerActor | NewcomerActor | TvActor
type ClaimName = keyof Claims

/** Whose claims count for whom, the first that holds. */
const claimsFor: Record<Who, readonly ClaimName[]> = {
  guest: ["guest"],
  host: ["host"],
  hostOrGuest: ["host", "guest"],
  newcomer: ["newcomer"],
  tv: ["tv", "host"],
  clock: ["clock"],
  player: ["ai", "guest"],
  anyone: ["guest", "host", "tv"],
  lanPeer: ["lanPeer"],
  lanReturner: ["lanReturner"],
  lanInvitee: ["lanInvitee"],
}

/** What somebody is told who shows nothing that counts. */
const strangers: Partial<Record<Who, ActorRefusal["code"]>> = { host: "host_only", lanPeer: "lan_token_unknown", lanReturner: "lan_token_unknown" }
const strangerTo = (who: Who) => strangers[who] ?? "not_signed_in"

/** The party a request is about: that of the first claim that counts. */
export function partyIdOf(who: Who, claims: Claims): Result<string, ActorRefusal> {
  for (const name of claimsFor[who]) {
    const claim = claims[name]
    if (claim) return ok(claim.partyId)
  }
  return refuse(strangerTo(who))
}

/**
 * The only place that makes an actor. Reads under the caller's transaction, so that a guest who was kicked or a link that
 * was revoked a moment ago is out [PTY-8] [PTY-10] [PTY-7].
 */
export async function proveActor<W extends Who>(
  db: Db | Tx,
  party: Party,
  who: W,
  claims: Claims,
  intent: Intent,
): Promise<Result<ActorOf[W], ActorRefusal>> {
  let refusal = strangerTo(who)
  for (const name of claimsFor[who]) {
    if (claims[name]?.partyId !== party.id) continue
    const proof = await proofs[name](db, party, claims)
    if (!proof.ok) {
      refusal = proof.refusal.code
      continue
    }
    const mayActAfterTheEnd = proof.value.kind === "host" || proof.value.kind === "clock"
    if (party.status === "ENDED" && intent === "act" && !mayActAfterTheEnd) return refuse("party_ended")
    return ok(proof.value as ActorOf[W])
  }
  return refuse(refusal)
}

type Prover = (db: Db | Tx, party: Party, claims: Claims) => Promise<Result<Proof, ActorRefusal>>

const proofs: Record<ClaimName, Prover> = {
  async guest(db, party, { guest: claim }) {
    if (!claim) return refuse("not_signed_in")
    const rows = await db
      .select()
      .from(partyUsers)
      .where(and(eq(partyUsers.id, claim.guestId), eq(partyUsers.partyId, party.id)))
    const guest = rows[0]
    if (!guest || guest.pinCode === null) return refuse("not_signed_in")
    if (guest.kickedAt !== null) return refuse("kicked")
    return ok({ kind: "guest", guest } as GuestActor)
  },
  async host(db, party, { host: claim }) {
    if (!claim) return refuse("host_only")
    if (claim.linkId !== null && !(await stands(db, party, claim.linkId))) return refuse("host_only")
    return ok({ kind: "host" } as HostActor)
  },
  async tv(db, party, { tv: claim }) {
    if (!claim || !(await stands(db, party, claim.linkId))) return refuse("not_signed_in")
    return ok({ kind: "tv" } as TvActor)
  },
  async ai(_db, _party, { ai: claim }) {
    if (!claim) return refuse("not_signed_in")
    // Whether the AI plays that seat just now is the command's business: it has the session before it.
    return ok({ kind: "ai", participantId: claim.participantId } as AiActor)
  },
  clock: async () => ok({ kind: "clock" } as ClockActor),
  newcomer: async () => ok({ kind: "newcomer" } as NewcomerActor),
  async lanPeer(db, party, { lanPeer: claim }) {
    const found = claim && (await peerOfToken(db, party, claim.tokenHash))
    if (!found) return refuse("lan_token_unknown")
    const verdict = tokenVerdict(found, claim.tokenHash, claim.shownAt)
    return verdict.ok ? ok({ kind: "lanPeer", peer: found.peer, network: found.network } as LanPeerActor) : verdict
  },
  async lanReturner(db, party, { lanReturner: claim }) {
    const found = claim && (await peerOfToken(db, party, claim.tokenHash))
    if (!found) return refuse("lan_token_unknown")
    const verdict = returnVerdict(found, claim.tokenHash, claim.shownAt)
    return verdict.ok ? ok({ kind: "lanReturner", peer: found.peer, network: found.network } as LanReturnerActor) : verdict
  },
  async lanInvitee(db, party, { lanInvitee: claim }) {
    if (!claim) return refuse("not_signed_in")
    const rows = await db
      .select({ id: lanInvitations.id })
      .from(lanInvitations)
      .innerJoin(lanNetworks, eq(lanNetworks.id, lanInvitations.networkId))
      .where(and(eq(lanInvitations.id, claim.invitationId), eq(lanNetworks.partyId, party.id)))
    if (rows.length === 0) return refuse("not_signed_in")
    // Whether it can be redeemed still is the command's business: it has the network before it.
    return ok({ kind: "lanInvitee", invitationId: claim.invitationId, publicKey: claim.publicKey } as LanInviteeActor)
  },
}

async function stands(db: Db | Tx, party: Party, linkId: string): Promise<boolean> {
  const rows = await db
    .select({ id: partyHostLinks.id })
    .from(partyHostLinks)
    .where(and(eq(partyHostLinks.id, linkId), eq(partyHostLinks.partyId, party.id), isNull(partyHostLinks.revokedAt)))
  return rows.length > 0
}

/** Whose token this is, in this party: what it is worth is for a verdict. */
async function peerOfToken(db: Db | Tx, party: Party, tokenHash: string) {
  const rows = await db
    .select({ peer: lanPeers, network: lanNetworks, kickedAt: partyUsers.kickedAt })
    .from(lanPeers)
    .innerJoin(lanNetworks, eq(lanNetworks.id, lanPeers.networkId))
    .leftJoin(partyUsers, eq(partyUsers.id, lanPeers.guestId))
    .where(and(eq(lanNetworks.partyId, party.id), or(eq(lanPeers.tokenHash, tokenHash), eq(lanPeers.formerTokenHash, tokenHash))))
  const found = rows[0]
  return found && { ...found.peer, ...found, isGuestKicked: found.kickedAt !== null, isNetworkEnded: found.network.endedAt !== null }
}

/** The name under which a person's requests are remembered. */
export function actorKey(actor: Proof): string {
  if (actor.kind === "guest") return `guest:${actor.guest.id}`
  if (actor.kind === "lanPeer" || actor.kind === "lanReturner") return `lan:${actor.peer.id}`
  return actor.kind === "ai" ? `ai:${actor.participantId}` : actor.kind
}
