import { wordsOf } from "@/kernel/error-words"
import type { Refusal } from "@/kernel/result"
import type { AgentEnd } from "./agent-news"
import { isPassing } from "./control-plane"

/** [LANA-31] The party's words for "you are out", and how that ends. */
const goodbyes: Readonly<Record<string, AgentEnd>> = {
  lan_kicked: { kind: "kicked" },
  kicked: { kind: "kicked" },
  lan_network_ended: { kind: "network_ended", reason: "UNKNOWN" },
  party_ended: { kind: "network_ended", reason: "PARTY_ENDED" },
}
/** After these the token is worth nothing, and only a new line helps. */
const lost: readonly string[] = ["lan_token_unknown", "lan_token_expired", "lan_network_unknown", "lan_barred", "party_unknown"]

/** How the run ends by this refusal; null when it goes on. */
export function goodbyeOf(refusal: Refusal): AgentEnd | null {
  return goodbyes[refusal.code] ?? (lost.includes(refusal.code) ? { kind: "failed", refusal } : null)
}

/** Whether the membership is worth nothing after this end: key and token are deleted. */
export function isOver(end: AgentEnd): boolean {
  if (end.kind === "failed") return lost.includes(end.refusal.code)
  return end.kind !== "stopped"
}

/** [LANA-32] The party is not to be had for now: it does not answer, or something else does in its place, as in a hotel. */
export function isAway(refusal: Refusal): boolean {
  return isPassing(refusal) || refusal.code === "not_a_party"
}

/** [LANA-53] What nobody foresaw, as an end. */
export function accident(error: unknown): AgentEnd {
  return { kind: "failed", refusal: { code: "accident", detail: { why: wordsOf(error) } } }
}
