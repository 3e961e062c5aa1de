import { setTimeout as delay } from "node:timers/promises"
import { CannotStart } from "./cannot-start"
import { statusOf } from "./status-of"

const PATIENCE_MS = 10_000
const POLL_MS = 500

/** Waits until the app itself answers, so that nobody scans a code that leads nowhere. Throws CannotStart when it does not. */
export async function waitForAnswer(baseUrl: string, { patienceMs = PATIENCE_MS, pollMs = POLL_MS } = {}): Promise<void> {
  const giveUpAt = performance.now() + patienceMs
  let heard: number | undefined
  for (;;) {
    const status = await statusOf(`${baseUrl}/api/health`, giveUpAt - performance.now())
    if (status !== undefined && status < 500) return
    // The last try may be cut short: what the app said before that still tells more.
    heard = status ?? heard
    if (performance.now() + pollMs > giveUpAt) {
      throw new CannotStart(`The app ${heard === undefined ? "does not answer" : `answers with error ${heard}`}: party.log in the data folder may say why.`)
    }
    await delay(pollMs)
  }
}
