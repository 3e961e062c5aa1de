import { randomUUID } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"

/** What is tapped: a path of the API and its body. */
export type Wish = { readonly path: string; readonly body: object }

/** A tap with everything that came of it. Its answer is the first yes. */
export type Tap = Wish & { readonly requestId: string; answer: TapAnswer | null; tries: number }

export type TapAnswer = { readonly success: true; readonly version: number } & Record<string, unknown>

/** How one try ended: the code of a no, "yes", or that nobody answered. */
export type Try = { readonly what: string; readonly status: number; readonly ms: number; readonly atMs: number }

export type PhoneOptions = {
  readonly token: string
  /** Where it taps; asked anew for every try. */
  readonly baseUrl: () => string
  readonly wish: (n: number) => Wish
  /** Pause between taps, ms. */
  readonly pauseMs: number
}

export type Phone = {
  readonly taps: readonly Tap[]
  readonly tries: readonly Try[]
  /** Sends a tap that was answered once more, and has the answer. */
  again(tap: Tap): Promise<unknown>
  /** Lets the tap under way come to its answer, and taps no more. */
  stop(): Promise<void>
  /** Taps on after a stop. */
  resume(): void
}

/** Longer than the server may leave anybody waiting. */
const patienceMs = 20_000
const retryMs = 150

/** A thumb that taps and, when nobody says yes, tries the same tap again until somebody does. */
export function startPhone({ token, baseUrl, wish, pauseMs }: PhoneOptions): Phone {
  const taps: Tap[] = []
  const tries: Try[] = []
  let isStopped = false

  async function send(tap: Tap): Promise<unknown> {
    const response = await fetch(`${baseUrl()}${tap.path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": tap.requestId },
      body: JSON.stringify(tap.body),
      signal: AbortSignal.timeout(patienceMs),
    })
    const text = await response.text()
    return { status: response.status, ...(JSON.parse(text) as object) }
  }

  async function tryOnce(tap: Tap): Promise<void> {
    const began = performance.now()
    tap.tries += 1
    const answer = (await send(tap).catch(nobody)) as { status: number; success: boolean; code?: string }
    const { status, ...said } = answer
    tries.push({ what: said.success ? "yes" : (said.code ?? "?"), status, ms: performance.now() - began, atMs: performance.now() })
    if (said.success) tap.answer = said as unknown as TapAnswer
  }

  async function tapOn(): Promise<void> {
    while (!isStopped) {
      const tap: Tap = { ...wish(taps.length), requestId: randomUUID(), answer: null, tries: 0 }
      taps.push(tap)
      for (;;) {
        await tryOnce(tap)
        if (tap.answer) break
        await delay(retryMs)
      }
      await delay(pauseMs)
    }
  }

  let running = tapOn()
  return {
    taps,
    tries,
    async again(tap) {
      const { status: _status, ...said } = (await send(tap)) as { status: number }
      return said
    },
    stop: () => {
      isStopped = true
      return running
    },
    resume() {
      isStopped = false
      running = tapOn()
    },
  }
}

function nobody(error: unknown): { status: number; success: false; code: string } {
  return { status: 0, success: false, code: error instanceof Error && error.name === "TimeoutError" ? "hung" : "nobody" }
}
