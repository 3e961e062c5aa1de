import { type Audience, channelOf, partyTopics } from "@/realtime/channels"
import type { NightView, Surface } from "./night-view"

/** The channels a surface listens to: everybody the party's, a phone its owner's, race control the host's. */
export function channelsFor(surface: Surface, { party, me }: Pick<NightView, "party" | "me">): string[] {
  const audiences: Audience[] = partyTopics.map((topic) => ({ kind: "party", topic, partyId: party.id }))
  if (surface === "host") audiences.push({ kind: "host", partyId: party.id })
  if (surface === "guest" && me) audiences.push({ kind: "guest", guestId: me.id })
  return audiences.map(channelOf)
}
