import { and, count, eq, isNull } from "drizzle-orm"
import { lanInvitations, lanNetworks, lanPeers } from "@/db/schema/lan"
import { one } from "@/kernel/assert"
import { hashPasscode } from "@/kernel/passcode"
import { ok, refuse, type Result } from "@/kernel/result"
import { command } from "@/party/command"
import { nothing } from "@/party/input"
import { inviteInput, lanPeerInput, lanSettingsInput, openNetworkInput } from "./input"
import { drawInvitation, invitationHash, invitationLifetimeMs } from "./invitations"
import { lanPeerEvents } from "./peer-events"
import { lanSummaryOf } from "./peer-view"
import { dueLans, livingPeers, networkFactsOf, type Network } from "./queries"
import type { LanRefusal } from "./refusals"
import { endNetwork, openNetwork, partPeers, requireNetwork, tellParty, type Doing } from "./steps"
import type { LanSummary } from "./view"

/** [LAN-4] So many PCs one guest may have in the network. */
export const mostPcsOfGuest = 4

type Nothing = Record<string, never>

/** Begins the party's network, or finds it [LAN-1]. */
export const openLan = command({
  name: "openLan",
  who: "hostOrGuest",
  input: openNetworkInput,
  async run(context): Promise<Result<{ lan: LanSummary }, LanRefusal>> {
    const { network, isNew } = await openNetwork(context)
    const peers = await livingPeers(context.tx, network.id)
    if (isNew) tellParty(context, network, peers)
    return ok({ lan: lanSummaryOf(networkFactsOf(network), peers) })
  },
})

/** One line for one PC of whoever asks [LAN-20] [LAN-24]. The answer holds the only copy of the invitation [LAN-21]. */
export const createLanInvitation = command({
  name: "createLanInvitation",
  who: "hostOrGuest",
  input: inviteInput,
  hasSecretAnswer: true,
  async run(context): Promise<Result<{ networkId: string; invitation: string; expiresAt: string }, LanRefusal>> {
    const { tx, actor, now, random } = context
    const guestId = actor.kind === "guest" ? actor.guest.id : null
    const { network, isNew } = await openNetwork(context)
    const room = await roomForPcOf(context, network, guestId)
    if (!room.ok) return room
    const isOwn = guestId === null ? isNull(lanInvitations.guestId) : eq(lanInvitations.guestId, guestId)
    await tx
      .update(lanInvitations)
      .set({ revokedAt: now })
      .where(and(eq(lanInvitations.networkId, network.id), isOwn, isNull(lanInvitations.redeemedAt), isNull(lanInvitations.revokedAt)))
    const invitation = drawInvitation(random)
    const expiresAt = new Date(now.getTime() + invitationLifetimeMs)
    await tx
      .insert(lanInvitations)
      .values({ networkId: network.id, guestId, tokenHash: invitationHash(invitation), createdAt: now, expiresAt })
    if (isNew) tellParty(context, network, [])
    return ok({ networkId: network.id, invitation, expiresAt: expiresAt.toISOString() })
  },
})

/** Whether one more PC of this guest, or the host's, may come in [LAN-3] [LAN-4] [LAN-33]. */
export async function roomForPcOf({ tx }: Pick<Doing, "tx">, network: Network, guestId: string | null): Promise<Result<true, LanRefusal>> {
  const isOwn = guestId === null ? isNull(lanPeers.guestId) : eq(lanPeers.guestId, guestId)
  const rows = await tx
    .select({ leftReason: lanPeers.leftReason, readmittedAt: lanPeers.readmittedAt, pcs: count() })
    .from(lanPeers)
    .where(and(eq(lanPeers.networkId, network.id), isOwn))
    .groupBy(lanPeers.leftReason, lanPeers.readmittedAt)
  if (rows.some((row) => row.leftReason === "KICKED" && row.readmittedAt === null)) return refuse("lan_barred")
  const living = rows.find((row) => row.leftReason === null)?.pcs ?? 0
  if (guestId === null) return living > 0 ? refuse("lan_host_here") : ok(true)
  return living < mostPcsOfGuest ? ok(true) : refuse("lan_too_many_pcs", { limit: mostPcsOfGuest })
}

/** Name, size and password [LAN-5] [LAN-6]. A lower limit throws nobody out. */
export const changeLanSettings = command({
  name: "changeLanSettings",
  who: "host",
  input: lanSettingsInput,
  // Hashing takes a tenth of a second on purpose: too long to have the party wait.
  prepare: async (_context, { password }) => ok({ passwordHash: password ? await hashPasscode(password) : null }),
  async run(context, { name, maxPeers, password }): Promise<Result<Nothing, LanRefusal>> {
    const { tx, emit } = context
    const { passwordHash } = context.prepared
    const found = await requireNetwork(context)
    if (!found.ok) return found
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(maxPeers === undefined ? {} : { maxPeers }),
      ...(password === undefined ? {} : { passwordHash }),
    }
    if (Object.keys(change).length === 0) return ok({})
    const network = one(await tx.update(lanNetworks).set(change).where(eq(lanNetworks.id, found.value.id)).returning())
    const facts = networkFactsOf(network)
    emit(lanPeerEvents.networkChanged.to(network, { name: facts.name, max_peers: facts.maxPeers, has_password: facts.hasPassword }))
    tellParty(context, network, await livingPeers(tx, network.id))
    return ok({})
  },
})

/** Takes a PC out for as long as the host wants: token, invitations and key of its guest no longer count [LAN-33]. */
export const kickLanPeer = command({
  name: "kickLanPeer",
  who: "host",
  input: lanPeerInput,
  async run(context, { peerId }): Promise<Result<Nothing, LanRefusal>> {
    const { tx, now } = context
    const found = await requireNetwork(context)
    if (!found.ok) return found
    const network = found.value
    const rows = await tx
      .select({ guestId: lanPeers.guestId })
      .from(lanPeers)
      .where(and(eq(lanPeers.networkId, network.id), eq(lanPeers.id, peerId), isNull(lanPeers.leftAt)))
    const peer = rows[0]
    if (!peer) return refuse("lan_peer_unknown")
    if (peer.guestId === null) return refuse("lan_host_stays")
    await tx
      .update(lanInvitations)
      .set({ revokedAt: now })
      .where(and(eq(lanInvitations.networkId, network.id), eq(lanInvitations.guestId, peer.guestId), isNull(lanInvitations.redeemedAt)))
    await partPeers(context, network, { peerIds: [peerId], reason: "KICKED" })
    return ok({})
  },
})

/** Lets somebody back in who was kicked; they join with a new line [LAN-33]. */
export const readmitLanPeer = command({
  name: "readmitLanPeer",
  who: "host",
  input: lanPeerInput,
  async run(context, { peerId }): Promise<Result<Nothing, LanRefusal>> {
    const { tx, now } = context
    const found = await requireNetwork(context)
    if (!found.ok) return found
    const back = await tx
      .update(lanPeers)
      .set({ readmittedAt: now })
      .where(
        and(
          eq(lanPeers.networkId, found.value.id),
          eq(lanPeers.id, peerId),
          eq(lanPeers.leftReason, "KICKED"),
          isNull(lanPeers.readmittedAt),
        ),
      )
      .returning({ id: lanPeers.id })
    return back.length === 0 ? refuse("lan_peer_unknown") : ok({})
  },
})

/** Ends the network for everybody [LAN-82]. */
export const closeLan = command({
  name: "closeLan",
  who: "host",
  input: nothing,
  async run(context): Promise<Result<Nothing, LanRefusal>> {
    const found = await requireNetwork(context)
    if (!found.ok) return found
    await endNetwork(context, found.value, "CLOSED")
    return ok({})
  },
})

/** Does what the clock says: PCs that fell silent, guests who were kicked, networks with nobody in them, the party's end [LAN-80] [LAN-81]. */
export const moveLanOn = command({
  name: "moveLanOn",
  who: "clock",
  input: nothing,
  async run(context): Promise<Result<Nothing, LanRefusal>> {
    const { tx, party, now } = context
    const due = (await dueLans(tx, now, party.id))[0]
    const found = await requireNetwork(context)
    if (!due || !found.ok) return refuse("nothing_due")
    const network = found.value
    if (due.isPartyEnded || due.isEmpty) {
      await endNetwork(context, network, due.isPartyEnded ? "PARTY_ENDED" : "EMPTY")
    } else if (due.kickedIds.length > 0) {
      // The silent ones come with the next look: a command speaks once on a channel.
      await partPeers(context, network, { peerIds: due.kickedIds, reason: "KICKED", isBarredByParty: true })
    } else {
      await partPeers(context, network, { peerIds: due.silentIds, reason: "SILENT" })
    }
    return ok({})
  },
})
