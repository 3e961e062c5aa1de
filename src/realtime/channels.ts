/**
 * Who an event is for. Commands name an audience; only this file knows which channel that is.
 * The topics are the seeds' channel names; a channel is `private-<topic>@<id>`, so no channel crosses parties.
 */
export const partyTopics = ["party-lobby", "sim-racing", "betting", "imposter-game", "quipflip", "lan"] as const
export type PartyTopic = (typeof partyTopics)[number]

export type Audience =
  | { readonly kind: "party"; readonly topic: PartyTopic; readonly partyId: string }
  | { readonly kind: "guest"; readonly guestId: string }
  | { readonly kind: "host"; readonly partyId: string }
  /** Who is online. Nothing is announced here: a hundred members is all a presence channel holds. */
  | { readonly kind: "presence"; readonly partyId: string }
  /** The PCs of a virtual LAN. `epoch` grows when one is kicked, who then knows the name and may not listen. */
  | { readonly kind: "lan-network"; readonly networkId: string; readonly epoch: number }
  /** One PC of a virtual LAN. */
  | { readonly kind: "lan-peer"; readonly peerId: string }

/** Nobody hears this: the connections of a user are to end. A user is a guest, or whoever came by a link, by its id. */
export type EndOfConnections = { readonly kind: "connections"; readonly userId: string }

/** The channel of an audience. For an end, a name no client can subscribe to, under which it stands in the outbox. */
export function channelOf(audience: Audience | EndOfConnections): string {
  switch (audience.kind) {
    case "party":
      return `private-${audience.topic}@${audience.partyId}`
    case "guest":
      return `private-guest@${audience.guestId}`
    case "host":
      return `private-host@${audience.partyId}`
    case "presence":
      return `presence-party@${audience.partyId}`
    case "lan-network":
      return `private-lan-network@${audience.networkId}.${audience.epoch}`
    case "lan-peer":
      return `private-lan-peer@${audience.peerId}`
    case "connections":
      return `${endPrefix}${audience.userId}`
  }
}

// No character of a channel's name: neither our server nor hosted Pusher lets anybody in there.
const endPrefix = "#connections@"

/** Whose connections are to end by what stands under this name; null for a channel. */
export function userToEnd(channel: string): string | null {
  return channel.startsWith(endPrefix) ? channel.slice(endPrefix.length) : null
}

const channelPattern = /^(private|presence)-([a-z-]+)@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

const lanNetworkPattern = /^private-lan-network@([0-9a-f]{12})\.(0|[1-9]\d{0,8})$/
const lanPeerPattern = /^private-lan-peer@([0-9a-f]{16})$/

/** The audience a channel name stands for; null for any name that we did not make. */
export function audienceOf(channel: string): Audience | null {
  const [, networkId, epoch] = lanNetworkPattern.exec(channel) ?? []
  if (networkId) return { kind: "lan-network", networkId, epoch: Number(epoch) }
  const [, peerId] = lanPeerPattern.exec(channel) ?? []
  if (peerId) return { kind: "lan-peer", peerId }
  const [, visibility, topic, id] = channelPattern.exec(channel) ?? []
  if (!topic || !id) return null
  if (visibility === "presence") return topic === "party" ? { kind: "presence", partyId: id } : null
  if (topic === "guest") return { kind: "guest", guestId: id }
  if (topic === "host") return { kind: "host", partyId: id }
  const partyTopic = partyTopics.find((known) => known === topic)
  return partyTopic ? { kind: "party", topic: partyTopic, partyId: id } : null
}
