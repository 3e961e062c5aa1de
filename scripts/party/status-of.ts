import { get } from "node:http"

/** What a page answers with; undefined when it does not within `patienceMs`. Not by fetch: it keeps its connection open, and at the end the server would wait for it. */
export function statusOf(url: string, patienceMs: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(patienceMs)))
    get(url, { agent: false, signal }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on("error", () => resolve(undefined))
  })
}
