/** Where "now" comes from. Commands read it once at the door; rules receive an instant. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }
