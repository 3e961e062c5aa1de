import type { Answer } from "@/kernel/answer"

/** Between attempts: doubles up to the limit. */
const retryMs = { first: 250, most: 5000 }
/** A request that hangs is given up for a new one. */
const patienceMs = 4000

/** Attempts at once, or after a first wait (ms), and then with growing waits, one at a time. @returns what stops it. */
export function keepAsking(attempt: (signal: AbortSignal) => Promise<void>, firstWaitMs = 0): () => void {
  const stop = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  async function next(waitMs: number) {
    await attempt(stop.signal)
    if (stop.signal.aborted) return
    timer = setTimeout(() => void next(Math.min(waitMs * 2, retryMs.most)), waitMs)
  }
  if (firstWaitMs === 0) void next(retryMs.first)
  else timer = setTimeout(() => void next(retryMs.first), firstWaitMs)
  return () => {
    stop.abort()
    clearTimeout(timer)
  }
}

/** Asks an address of ours. @returns null when there was no answer that can be read. */
export async function fetchAnswer<Value extends object>(path: string, signal: AbortSignal): Promise<Answer<Value> | null> {
  const request = new AbortController()
  const giveUp = () => request.abort()
  signal.addEventListener("abort", giveUp)
  const timer = setTimeout(giveUp, patienceMs)
  try {
    const response = await fetch(path, { cache: "no-store", signal: request.signal })
    return (await response.json()) as Answer<Value>
  } catch {
    return null
  } finally {
    clearTimeout(timer)
    signal.removeEventListener("abort", giveUp)
  }
}
