import type { LiveEvent, LiveEventKind } from "./catalogue"

/** Events that are shown as they happen, not only as a changed state. */
const momentKinds = [
  "userJoined",
  "leaderboardUpdate",
  "betPlaced",
  "betsSettled",
  "betsVoided",
  "betWon",
  "walletChanged",
  "guestCalled",
  "roundStarted",
  "roundChanged",
  "roundRevealed",
  "guestKicked",
  "sessionPinged",
  "queueChanged",
] as const satisfies readonly LiveEventKind[]

/** A `leaderboardUpdate` is a moment only when its lap is the record of the race. */
export type Moment = Extract<LiveEvent, { kind: (typeof momentKinds)[number] }>

/** The moment an event is, or null when it changes the picture and nothing more. */
export function momentOf(event: LiveEvent): Moment | null {
  if (!isMoment(event)) return null
  return event.kind === "leaderboardUpdate" && !event.payload.isRecord ? null : event
}

function isMoment(event: LiveEvent): event is Moment {
  return momentKinds.some((kind) => kind === event.kind)
}
