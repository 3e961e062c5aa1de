import { z } from "zod"
import type { Audience } from "@/realtime/channels"
import type { Announcement } from "@/realtime/event"
import { peerInfo } from "./peer-view"
import { signalView } from "./signals"

type Kind<Of, P extends z.ZodType> = { readonly name: string; readonly payload: P; to(of: Of, payload: z.infer<P>): Announcement }

function kind<Of, P extends z.ZodType>(name: string, payload: P, audienceOf: (of: Of) => Audience): Kind<Of, P> {
  return { name, payload, to: (of, data) => ({ audience: audienceOf(of), name, payload: data }) }
}

type Network = { readonly id: string; readonly channelEpoch: number }
const toNetwork = ({ id, channelEpoch }: Network): Audience => ({ kind: "lan-network", networkId: id, epoch: channelEpoch })
const toPeer = (peerId: string): Audience => ({ kind: "lan-peer", peerId })

/** [LAN-70] What PCs hear, each only of its own network. Nothing here is inside anybody's home but a signal's candidates, for the one PC they are for. */
export const lanPeerEvents = {
  peerJoined: kind("peer-joined", z.object({ peer: peerInfo }), toNetwork),
  /** Its endpoint, candidates, router or name. `connection_type` and `latency_ms` are each viewer's own, and not here. */
  peerChanged: kind("peer-changed", z.object({ peer: peerInfo }), toNetwork),
  /** Take their keys out. After a kick the network speaks on the channel of the new epoch. */
  peersLeft: kind(
    "peers-left",
    z.object({ peer_ids: z.array(z.string()), reason: z.enum(["LEFT", "KICKED", "SILENT"]), channel_epoch: z.int() }),
    toNetwork,
  ),
  networkChanged: kind("network-changed", z.object({ name: z.string(), max_peers: z.int(), has_password: z.boolean() }), toNetwork),
  networkEnded: kind("network-ended", z.object({ reason: z.enum(["HOST_LEFT", "CLOSED", "EMPTY", "PARTY_ENDED"]) }), toNetwork),
  /** [LAN-60] */
  signal: kind("signal", z.object({ signal: signalView }), toPeer),
  /** [LAN-33] You are out. */
  kicked: kind("kicked", z.object({ at: z.iso.datetime() }), toPeer),
}
