import { and, eq, isNull } from "drizzle-orm"
import { lanInvitations } from "@/db/schema/lan"
import { one } from "@/kernel/assert"
import { createLanInvitation } from "@/lan/commands"
import { redeemLanInvitation } from "@/lan/peer-commands"
import { type Claims, lanClaimsOf } from "@/server/identity"
import { runCommand } from "@/server/run-command"
import { accepted, type Night } from "./start-party"

/** A PC of this guest in the party's LAN, past the door that looks at line and key. */
export async function pcOf({ guest, idOf, party, runtime, clock }: Night, name: string): Promise<{ networkId: string; peerId: string; claims: Claims }> {
  accepted(await guest(name, createLanInvitation, {}))
  const isOpen = and(eq(lanInvitations.guestId, idOf(name)), isNull(lanInvitations.redeemedAt), isNull(lanInvitations.revokedAt))
  const invitation = one(await runtime.db.select().from(lanInvitations).where(isOpen))
  const lanInvitee = { partyId: party.id, invitationId: invitation.id, publicKey: `key of ${name}` }
  const { network, peer, token } = accepted(await runCommand(runtime, redeemLanInvitation, { claims: { lanInvitee } }, { observedAddress: null }))
  const claims = lanClaimsOf(token, clock.now())
  if (!claims) throw new Error("a token that is none")
  return { networkId: network.id, peerId: peer.id, claims }
}
