import { randomUUID } from "node:crypto"
import { z } from "zod"

/** As much of `fetch` as a bot needs. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>

/** The server said no, in the words of the API document. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

export type RestClient = {
  get<S extends z.ZodType>(path: string, answer: S): Promise<z.infer<S>>
  post<S extends z.ZodType>(path: string, body: object, answer: S): Promise<z.infer<S>>
}

type Server = {
  /** Without a slash at the end. */
  readonly url: string
  readonly token?: string
  readonly fetch: Fetch
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>
}

/** So often a request is sent that found no server, a broken one or a busy one; the pauses double. */
const attempts = 6
const firstPauseMs = 200

const failure = z.object({ success: z.literal(false), code: z.string(), error: z.string() })

/** The API as a program talks to it: answers are checked, a lost answer is asked for again under the same key, a refusal throws `Refused`. */
export function restClient({ url, token, fetch, pause }: Server): RestClient {
  async function ask(path: string, init: RequestInit, attempt = 1): Promise<unknown> {
    try {
      const response = await fetch(`${url}${path}`, init)
      const body: unknown = await response.json()
      if (response.ok) return body
      const refusal = failure.parse(body)
      throw new Refused(refusal.code, response.status, refusal.error)
    } catch (error) {
      const isFinal = error instanceof Refused && error.status < 500
      if (isFinal || attempt >= attempts) throw error
    }
    await pause(firstPauseMs * 2 ** (attempt - 1))
    return ask(path, init, attempt + 1)
  }

  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return {
    async get(path, answer) {
      return answer.parse(await ask(path, { headers: authorization }))
    },
    async post(path, body, answer) {
      // One key for all attempts: whatever the first of them did, the others do not do again.
      const headers = { ...authorization, "content-type": "application/json", "idempotency-key": randomUUID() }
      return answer.parse(await ask(path, { method: "POST", headers, body: JSON.stringify(body) }))
    },
  }
}
