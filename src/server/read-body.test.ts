import { expect, it } from "vitest"
import { readBody } from "./read-body"

const most = 1000

it.each([0, 1, 999, 1000])("[PTY-17] a body of %i bytes is read whole", async (length) => {
  const body = new Uint8Array(length).map((_, at) => at % 251)
  expect(await readBody(new Request("http://party/", { method: "POST", body }), most)).toEqual(body)
})

it("[PTY-17] a body that says it is too long is not read at all", async () => {
  const { request, asked } = endless({ "content-length": "1001" })
  expect(await readBody(request, most)).toBeUndefined()
  expect(asked()).toBe(0)
})

it("[PTY-17] a body that never ends and says nothing is left where it is too long", async () => {
  const { request, asked, isCancelled } = endless()
  expect(await readBody(request, most)).toBeUndefined()
  expect(asked()).toBeLessThanOrEqual(11)
  expect(isCancelled()).toBe(true)
})

function endless(headers: Record<string, string> = {}) {
  let chunks = 0
  let hasEnded = false
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        chunks += 1
        controller.enqueue(new Uint8Array(100))
      },
      cancel: () => void (hasEnded = true),
    },
    { highWaterMark: 0 },
  )
  const init: RequestInit & { duplex: "half" } = { method: "POST", headers, body, duplex: "half" }
  return { request: new Request("http://party/", init), asked: () => chunks, isCancelled: () => hasEnded }
}
