import { statusOf } from "./status-of"

const patienceMs = 10_000

/** What phones ask for first. Next loads the code of a route with its first request, and somebody would wait for that. */
const firstAsked = ["/party/join", "/party/dashboard", "/api/pusher/auth", "/api/v1/night", "/api/v1/imposter", "/api/v1/quipflip/seat"]

/** Asks the app what the guests will ask, one after another, and does not care what it answers. */
export async function warmUp(baseUrl: string): Promise<void> {
  for (const path of firstAsked) await statusOf(baseUrl + path, patienceMs)
}
