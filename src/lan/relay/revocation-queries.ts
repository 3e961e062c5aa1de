import { and, gt, inArray } from "drizzle-orm"
import type { Db } from "@/db/client"
import { lanNetworks, lanPeers } from "@/db/schema/lan"

/** Who may use the relay no more: peers that were kicked or left for good, and networks that ended. */
export type Revocations = { peers: { networkId: string; peerId: string }[]; networkIds: string[] }

/** [LAN-92] Whose end came after `since`. Who only fell silent may come back under its old tickets, and is not among them [LAN-83]. */
export async function revocationsSince(db: Db, since: Date): Promise<Revocations> {
  const [peers, networks] = await Promise.all([
    db
      .select({ networkId: lanPeers.networkId, peerId: lanPeers.id })
      .from(lanPeers)
      .where(and(gt(lanPeers.leftAt, since), inArray(lanPeers.leftReason, ["KICKED", "LEFT"]))),
    db.select({ id: lanNetworks.id }).from(lanNetworks).where(gt(lanNetworks.endedAt, since)),
  ])
  return { peers, networkIds: networks.map(({ id }) => id) }
}
