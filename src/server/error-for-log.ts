/** What the log keeps of an error: enough to find the bug. */
export type LoggedError = {
  readonly type: string
  readonly message: string
  readonly stack?: string
  readonly code?: string
  readonly constraint?: string
  readonly table?: string
  readonly statement?: string
  readonly cause?: LoggedError
}

const deepest = 5
const kept = ["code", "constraint", "table"] as const

/**
 * An error as the log may have it [PTY-15]. What Postgres and drizzle say about a failed statement quotes its parameters
 * and the row it was about, PINs included: those parts are left out, together with every field not named here.
 */
export function errorForLog(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: "not an error" }
  const statement = "query" in error && typeof error.query === "string" ? error.query : undefined
  const reason = error.cause ?? reasonOfPusher(error)
  const facts = Object.fromEntries(kept.flatMap((name) => textField(error, name)))
  return {
    type: error.constructor.name,
    message: statement ? "a statement failed" : quoteless(error),
    ...(statement ? { statement } : {}),
    ...facts,
    ...framesOf(error),
    ...(reason !== undefined && depth < deepest ? { cause: errorForLog(reason, depth + 1) } : {}),
  }
}

// Postgres quotes what it could not read: `invalid input syntax for type uuid: "…"`. Who cannot be reached over HTTP is named
// with the whole address, and in Pusher's the signature stands that makes it good for ten minutes.
function quoteless(error: Error): string {
  const words = error.message.replace(/\b(?:https?|wss?):\/\/\S+/g, "…")
  return "severity" in error ? words.replace(/(: )".*$/s, "$1…") : words
}

function textField(error: Error, name: string): [string, string][] {
  const value = (error as unknown as Record<string, unknown>)[name]
  return typeof value === "string" ? [[name, value]] : []
}

// Pusher's client has the reason in a field of another name, or the status of an answer that was no yes.
function reasonOfPusher(error: Error): Error | undefined {
  if ("error" in error && error.error instanceof Error) return error.error
  return "status" in error && typeof error.status === "number" ? new Error(`answered with ${error.status}`) : undefined
}

// The frames alone: the text in front of them is the message once more.
function framesOf(error: Error): { stack?: string } {
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line))
  return frames?.length ? { stack: frames.map((line) => line.trim()).join("\n") } : {}
}
