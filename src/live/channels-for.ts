import { type Audience, channelOf, partyTopics } from "@/realtime/channels"
import type { NightView, Surface } from "./night-view"

// The night has no place for the LAN: what is said of it there would only have every screen fetch the night anew.
const nightTopics = partyTopics.filter((topic) => topic !== "lan")

/** The channels a surface listens to: everybody the party's three, a phone its owner's, race control the host's. */
export function channelsFor(surface: Surface, { party, me }: Pick<NightView, "party" | "me">): string[] {
  const audiences: Audience[] = nightTopics.map((topic) => ({ kind: "party", topic, partyId: party.id }))
  if (surface === "host") audiences.push({ kind: "host", partyId: party.id })
  if (surface === "guest" && me) audiences.push({ kind: "guest", guestId: me.id })
  return audiences.map(channelOf)
}
