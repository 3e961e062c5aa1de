import * as z from "zod/mini"
import { guestEvent, hostEvent, partyEvent } from "@/realtime/event"
import { guestView, partyView } from "./view"

export const partyEvents = {
  userJoined: partyEvent(
    "party-lobby",
    "user-joined",
    z.object({ userId: z.string(), name: z.string(), timestamp: z.string(), guest: guestView }),
  ),
  /** A name, a kick or a return: the seat as it is now. */
  userChanged: partyEvent("party-lobby", "user-changed", z.object({ guest: guestView })),
  /** Several seats at once, too many for one event: screens fetch the night. */
  seatsChanged: partyEvent("party-lobby", "seats-changed", z.object({ count: z.int() })),
  partyChanged: partyEvent("party-lobby", "party-changed", z.object({ party: partyView })),
  /** The balance after a movement, and what moved: coins, negative when paid out of the purse. */
  walletChanged: guestEvent(
    "wallet-changed",
    z.object({ walletBalance: z.int(), delta: z.int(), reason: z.string() }),
  ),
  /** The host calls a guest to the rig. */
  guestCalled: guestEvent("guest-called", z.object({ message: z.string(), timestamp: z.string() })),
  /** This seat is no longer yours: the phone leaves. */
  guestKicked: guestEvent("guest-kicked", z.object({ timestamp: z.string() })),
  hostLinksChanged: hostEvent("host-links-changed", z.object({ timestamp: z.string() })),
}
