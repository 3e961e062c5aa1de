export type ConnectionState = "live" | "connecting" | "offline"

const words: Record<Exclude<ConnectionState, "live">, string> = {
  connecting: "Reconnecting … what you see may be a moment old.",
  offline: "No connection. You can read and type; sending waits until it is back.",
}

/** A thin bar that tells when the line to the party is down and what still works. Silent while live. */
export function ConnectionBar({ state, detail }: { state: ConnectionState; detail?: string }) {
  return (
    <div role="status" aria-live="polite" className="sticky top-0 z-40">
      {state !== "live" && (
        <p className="bg-coins px-4 py-1.5 text-center text-base font-semibold text-on-coins">
          <span aria-hidden>{state === "offline" ? "✕ " : "↻ "}</span>
          {detail ?? words[state]}
        </p>
      )}
    </div>
  )
}
