import type { Page } from "@playwright/test"

/** Everything a browser was sent: pages, scripts' data, action results, REST answers and what came over its sockets. */
export type Recorder = {
  /** What arrived so far, as text, once every answer that is under way has been read. */
  received(): Promise<string>
}

/** Starts to record; to be called before the page is opened. */
export function recordEverything(page: Page): Recorder {
  const texts: string[] = []
  const underWay = new Set<Promise<void>>()

  page.on("response", (response) => {
    texts.push(response.url(), JSON.stringify(response.headers()))
    const isStatic = response.url().includes("/_next/static/")
    if (isStatic || response.status() === 204 || response.status() === 304) return
    const reading = response
      .text()
      // A page that was left in the middle of an answer never showed it.
      .catch(() => "")
      .then((text) => void texts.push(text))
      .finally(() => underWay.delete(reading))
    underWay.add(reading)
  })
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => texts.push(payload.toString())))

  return {
    async received() {
      await Promise.all(underWay)
      return texts.join("\n")
    },
  }
}
