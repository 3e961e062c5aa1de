import { fork, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

/** A process of its own, so that what it does shares no event loop with what is measured. */
export type Helper<Request, Answer> = {
  /** One question at a time, one answer each. Throws when the process ends instead. */
  ask(request: Request): Promise<Answer>
  stop(): Promise<void>
}

/** Starts a file of this folder as a helper that answers with `answerTo`. */
export function startHelper<Request extends object, Answer>(file: string): Helper<Request, Answer> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { serialization: "advanced" })
  return {
    async ask(request) {
      // Ends the waiting of whichever of the two did not happen.
      const heard = new AbortController()
      try {
        const answer = Promise.race([once(child, "message", heard), endOf(child, heard)])
        child.send(request)
        const [message] = (await answer) as [{ answer: Answer } | { error: string }]
        if ("error" in message) throw new Error(`${file}: ${message.error}`)
        return message.answer
      } finally {
        heard.abort()
      }
    },
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, "exit")
      child.kill()
      await ended
    },
  }
}

async function endOf(child: ChildProcess, { signal }: { signal: AbortSignal }): Promise<never> {
  await once(child, "exit", { signal })
  throw new Error("a helper process ended")
}

/** The other side of `startHelper`. Ends with its parent. */
export function answerTo<Request, Answer>(work: (request: Request) => Promise<Answer>): void {
  process.on("message", (request: Request) => {
    work(request).then(
      (answer) => process.send?.({ answer }),
      (error: unknown) => process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
  })
  process.on("disconnect", () => process.exit(0))
}

/** Milliseconds on a clock that all processes of one machine share. */
export function sharedNow(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
