import { hkdfSync } from "node:crypto"
import { z } from "zod"
import { indexOfAddress } from "./addresses"
import { issueTicket } from "./relay/ticket"

/** [LAN-90] How long a ticket for the relay is good at most, ms. */
export const ticketLifetimeMs = 60 * 60 * 1000

/** [LAN-90] What the control plane and the relay share: not the secret of the cookies, but what follows from it. */
export function relaySecretOf(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", "party-os lan relay", 32))
}

/** A ticket as the PC gets it that it is for: bytes as base64url. */
export const relayTicketInfo = z.object({
  peer_id: z.string(),
  self_index: z.int().describe("The last two bytes of the own address, as the relay's frames have them."),
  peer_index: z.int(),
  ticket: z.string(),
  key: z.string().describe("Never sent to the relay."),
  expires_at: z.iso.datetime(),
})
export type RelayTicketInfo = z.infer<typeof relayTicketInfo>

type Place = { readonly id: string; readonly virtualIp: string }
export type Pairs = { readonly networkId: string; readonly self: Place; readonly others: readonly Place[]; readonly tokenExpiresAt: Date }

/** [LAN-90] One ticket for each of the others: for this network, this pair and this direction, no longer good than the PC's token. */
export function relayTicketsFor(secret: Buffer, { networkId, self, others, tokenExpiresAt }: Pairs, now: Date): RelayTicketInfo[] {
  const expiresAt = Math.floor(Math.min(now.getTime() + ticketLifetimeMs, tokenExpiresAt.getTime()) / 1000)
  const selfIndex = indexOfAddress(self.virtualIp)
  return others.map((other) => {
    const peerIndex = indexOfAddress(other.virtualIp)
    const { ticket, key } = issueTicket(secret, { networkId, selfId: self.id, selfIndex, peerId: other.id, peerIndex, expiresAt })
    return {
      peer_id: other.id,
      self_index: selfIndex,
      peer_index: peerIndex,
      ticket: ticket.toString("base64url"),
      key: key.toString("base64url"),
      expires_at: new Date(expiresAt * 1000).toISOString(),
    }
  })
}
