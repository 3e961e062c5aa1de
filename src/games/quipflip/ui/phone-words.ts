import type { PlayPhase } from "../phases"
import type { SessionView } from "../view"

/** What a phase is called on the phone, and what there is to do in it. */
export const phaseWords: Readonly<Record<PlayPhase, { readonly title: string; readonly task: string; readonly one: string }>> = {
  PROMPT: { title: "Write", task: "Finish the line", one: "prompt" },
  COPY: { title: "Copy", task: "Say it in other words", one: "copy" },
  VOTE: { title: "Vote", task: "Which one came first?", one: "vote" },
}

export const paceWords: Readonly<Record<SessionView["pace"], string>> = { X1: "Clock ×1", X1_5: "Clock ×1.5", X2: "Clock ×2", OFF: "No clock" }

/** "1 prompt · 2 copies · 3 votes · Clock ×1": what a session will be. */
export function settingsWords({ promptsPerPlayer, copiesPerPlayer, votesPerPlayer, pace }: Pick<SessionView, "promptsPerPlayer" | "copiesPerPlayer" | "votesPerPlayer" | "pace">): string {
  return [counted(promptsPerPlayer, "prompt", "prompts"), counted(copiesPerPlayer, "copy", "copies"), counted(votesPerPlayer, "vote", "votes"), paceWords[pace]].join(" · ")
}

/** "1 copy", "2 copies". */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

/** Where a running or finished session stands, in a word or two. */
export function stateWords({ status, phase }: Pick<SessionView, "status" | "phase">): string {
  if (status === "OPEN") return "Lobby"
  if (status === "COMPLETED") return "Results"
  if (status === "ABANDONED") return "Given up"
  return phase === "LOBBY" || phase === "RESULTS" ? "Playing" : phaseWords[phase].title
}

/** How many words somebody has typed so far. */
export function wordCount(text: string): number {
  return text.trim() === "" ? 0 : text.trim().split(/\s+/u).length
}
