/**
 * Who an event is for. Commands name an audience; only this file knows which channel that is.
 * The topics are the seeds' channel names; a channel is `private-<topic>@<id>`, so no channel crosses parties.
 */
export const partyTopics = ["party-lobby", "sim-racing", "betting", "imposter-game", "quipflip"] as const
export type PartyTopic = (typeof partyTopics)[number]

export type Audience =
  | { readonly kind: "party"; readonly topic: PartyTopic; readonly partyId: string }
  | { readonly kind: "guest"; readonly guestId: string }
  | { readonly kind: "host"; readonly partyId: string }
  /** Who is online. Nothing is announced here: a hundred members is all a presence channel holds. */
  | { readonly kind: "presence"; readonly partyId: string }

export function channelOf(audience: Audience): string {
  switch (audience.kind) {
    case "party":
      return `private-${audience.topic}@${audience.partyId}`
    case "guest":
      return `private-guest@${audience.guestId}`
    case "host":
      return `private-host@${audience.partyId}`
    case "presence":
      return `presence-party@${audience.partyId}`
  }
}

const channelPattern = /^(private|presence)-([a-z-]+)@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The audience a channel name stands for; null for any name that we did not make. */
export function audienceOf(channel: string): Audience | null {
  const [, visibility, topic, id] = channelPattern.exec(channel) ?? []
  if (!topic || !id) return null
  if (visibility === "presence") return topic === "party" ? { kind: "presence", partyId: id } : null
  if (topic === "guest") return { kind: "guest", guestId: id }
  if (topic === "host") return { kind: "host", partyId: id }
  const partyTopic = partyTopics.find((known) => known === topic)
  return partyTopic ? { kind: "party", topic: partyTopic, partyId: id } : null
}
