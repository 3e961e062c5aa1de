import type { SessionPlayer, SessionView } from "../view"

/** What a session is about now, across the room. */
type PhaseWords = {
  /** The name of the phase. */
  readonly title: string
  /** What people are doing, in a sentence. */
  readonly doing: string
}

const phaseWords: Record<SessionView["phase"], PhaseWords> = {
  LOBBY: { title: "Who is in?", doing: "Scan the code, or type it on your phone." },
  PROMPT: { title: "Write!", doing: "Finish the line on your phone, in two to five words." },
  COPY: { title: "Copy!", doing: "You see a phrase, but not its line. Write one that could pass for it." },
  VOTE: { title: "Vote!", doing: "Three phrases, one original. Which one came first?" },
  RESULTS: { title: "The reveal", doing: "Who wrote what, and who fell for it." },
}

export function wordsOf({ phase }: Pick<SessionView, "phase">): PhaseWords {
  return phaseWords[phase]
}

/** The way through a session, for the bar of steps. */
export const wayThrough = [
  { phase: "PROMPT", name: "Write" },
  { phase: "COPY", name: "Copy" },
  { phase: "VOTE", name: "Vote" },
  { phase: "RESULTS", name: "Reveal" },
] as const satisfies readonly { phase: SessionView["phase"]; name: string }[]

/** Who has played all they were dealt in this phase. */
export function isDone({ dealt, done }: Pick<SessionPlayer, "dealt" | "done">): boolean {
  return done >= dealt
}

/** "KLMN 2345": letters and digits apart are read and typed more easily. */
export function codeText(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`
}

/** The session in a line, for a strip. */
export function stripWords(session: SessionView): string {
  const { status, players, maxPlayers } = session
  if (status === "OPEN") return `${players.length} of ${maxPlayers} are in: type the code on your phone`
  const doneCount = players.filter(isDone).length
  return `${wordsOf(session).title} ${doneCount} of ${players.length} are done`
}

const mostNamed = 3

/** Whom a phase waits for: people only, for AI players hold nobody up [QF-S12]. */
export function waitingWords(players: readonly SessionPlayer[]): string {
  const names = players.filter((player) => !player.isAi && !player.hasLeft && !isDone(player)).map(({ name }) => name)
  if (names.length === 0) return "Everybody is done"
  const named = names.length > mostNamed + 1 ? names.slice(0, mostNamed) : names
  const more = names.length - named.length
  return `Waiting for ${more > 0 ? `${named.join(", ")} and ${more} more` : [named.slice(0, -1).join(", "), named.at(-1)].filter(Boolean).join(" and ")}`
}
