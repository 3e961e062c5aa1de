import * as z from "zod/mini"
import type { Audience, EndOfConnections, PartyTopic } from "./channels"

/** What travels on a channel. `version` orders; `previous` tells a listener whether it missed one. */
export const envelope = z.object({
  version: z.int(),
  previous: z.int(),
  /** The payload, or null when it was too big for a channel: fetch the snapshot. */
  payload: z.unknown(),
})
export type Envelope = z.infer<typeof envelope>

/** An event a subject can announce: its name, what it carries, and how to address it. */
export type EventKind<Payload> = {
  readonly name: string
  readonly topic: PartyTopic | "guest" | "host"
  readonly payload: z.ZodMiniType<Payload>
  /** `id` is the party's for party and host events, the guest's for guest events. */
  to(id: string, payload: Payload): Announcement
}

export type Announcement = { readonly audience: Audience | EndOfConnections; readonly name: string; readonly payload: unknown }

/** An event for everyone in a party: phones, TV and host. */
export function partyEvent<P>(topic: PartyTopic, name: string, payload: z.ZodMiniType<P>): EventKind<P> {
  return { name, topic, payload, to: (partyId, data) => ({ audience: { kind: "party", topic, partyId }, name, payload: data }) }
}

/** An event for one guest's own screens. */
export function guestEvent<P>(name: string, payload: z.ZodMiniType<P>): EventKind<P> {
  return { name, topic: "guest", payload, to: (guestId, data) => ({ audience: { kind: "guest", guestId }, name, payload: data }) }
}

/** An event for race control only. */
export function hostEvent<P>(name: string, payload: z.ZodMiniType<P>): EventKind<P> {
  return { name, topic: "host", payload, to: (partyId, data) => ({ audience: { kind: "host", partyId }, name, payload: data }) }
}

/**
 * Ends the open connections of a user: a guest's id, or that of the link somebody came by. Like any event it is not lost
 * when the fan-out is away, and goes out after what the same command tells [PTY-24].
 */
export function endConnections(userId: string): Announcement {
  return { audience: { kind: "connections", userId }, name: "connections-ended", payload: {} }
}
