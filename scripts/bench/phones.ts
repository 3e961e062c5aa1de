import type { Tap } from "./doors"
import { openClient } from "./http-client"
import { answerTo } from "./processes"

/** Phones that tap as fast as they are answered. */
export type PhonesRequest = { readonly url: string; readonly phones: number; readonly warmUp: readonly Tap[]; readonly taps: readonly Tap[] }
export type PhonesAnswer = {
  readonly seconds: number
  /** ms from sending to the whole answer, one for each tap. */
  readonly latencies: readonly number[]
  readonly replies: readonly { readonly status: number; readonly text: string }[]
}

answerTo<PhonesRequest, PhonesAnswer>(async ({ url, phones, warmUp, taps }) => {
  const client = openClient(url, phones)
  const latencies: number[] = []
  const replies: PhonesAnswer["replies"][number][] = []
  const line = (waiting: Iterator<Tap>, isMeasured: boolean) => async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      const sent = performance.now()
      const reply = await client.post(next.value)
      if (!isMeasured) continue
      latencies.push(performance.now() - sent)
      replies.push(reply)
    }
  }
  const all = (list: readonly Tap[], isMeasured: boolean) => {
    const waiting = list.values()
    return Promise.all(Array.from({ length: phones }, line(waiting, isMeasured)))
  }
  await all(warmUp, false)
  const began = performance.now()
  await all(taps, true)
  const seconds = (performance.now() - began) / 1000
  client.close()
  return { seconds, latencies, replies }
})
