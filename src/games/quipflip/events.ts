import * as z from "zod/mini"
import { partyEvent } from "@/realtime/event"
import { sessionView } from "./view"

/** No payload here has a phrase, a prompt, an assignment or a vote [QF-S13]. */
export const quipflipEvents = {
  /** Anything that happened in a session: its lobby, its phases, who is done, its end. Results are fetched. */
  sessionChanged: partyEvent("quipflip", "session-changed", z.object({ session: sessionView })),
  /** The people of a session that is over go on in a new one. */
  sessionContinued: partyEvent("quipflip", "session-continued", z.object({ session: sessionView, previousId: z.string() })),
  /** A lobby nobody sits in any more. */
  sessionClosed: partyEvent("quipflip", "session-closed", z.object({ sessionId: z.string() })),
  /** The host wants the session's people to look at their phones: those named have something to do. */
  sessionPinged: partyEvent("quipflip", "session-pinged", z.object({ sessionId: z.string(), guestIds: z.array(z.string()), at: z.string() })),
  /** What waits in the night's queue for whoever plays alone. */
  queueChanged: partyEvent("quipflip", "queue-changed", z.object({ waitingPrompts: z.int(), openSets: z.int() })),
}
