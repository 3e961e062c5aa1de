import type { PendingPhraseView } from "../solo-view"

const states: Readonly<Record<PendingPhraseView["state"], string>> = {
  WAITS_FOR_COPIES: "Waits for copies",
  IN_VOTE: "In the vote",
  FLAGGED: "The host looks at it",
}

/** The own phrases that are on their way. */
export function SoloPhrases({ pending }: { pending: readonly PendingPhraseView[] }) {
  if (pending.length === 0) return null
  return (
    <section aria-label="Your phrases" className="grid grid-cols-1 gap-2 rounded-2xl border-2 border-line bg-surface p-3">
      <h3 className="text-2xl">Your phrases</h3>
      <ul className="grid grid-cols-1 gap-3">
        {pending.map(({ roundId, type, phrase, promptText, state }) => (
          <li key={roundId} className="grid min-w-0 gap-0.5">
            <span className="font-semibold [overflow-wrap:anywhere]">{phrase}</span>
            <span className="text-base text-muted [overflow-wrap:anywhere]">{type === "COPY" ? "A copy" : promptText}</span>
            <span className="text-base font-semibold text-accent-text">{states[state]}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
