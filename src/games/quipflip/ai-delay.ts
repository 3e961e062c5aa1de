import type { Random } from "@/kernel/random"
import type { RoundKind } from "./roles"

/** How long an AI player seems to think, in milliseconds. Quicker than people, so that they hold nobody up. */
const thinkingMs: Readonly<Record<RoundKind, { readonly min: number; readonly max: number }>> = {
  PROMPT: { min: 6_000, max: 20_000 },
  COPY: { min: 6_000, max: 16_000 },
  VOTE: { min: 3_000, max: 9_000 },
}

/** How long after the phase's beginning an AI player has played the so manieth of what it was dealt, in milliseconds. */
export function aiDelayMs(kind: RoundKind, ordinal: number, random: Random): number {
  const { min, max } = thinkingMs[kind]
  return min * (ordinal + 1) + random.int(0, max - min)
}
