import { once } from "node:events"
import WebSocket from "ws"
import { z } from "zod"

/** The memory that a Node process could not give back if it wanted to. */
export type LiveHeap = {
  /** Collects the garbage first, which stops the process for some tens of ms. In bytes, buffers included. */
  bytes(): Promise<number>
  close(): void
}

const answerShape = z.object({ id: z.number(), result: z.record(z.string(), z.unknown()).optional(), error: z.unknown().optional() })
const usageShape = z.object({ usedSize: z.number(), embedderHeapUsedSize: z.number().default(0), backingStorageSize: z.number().default(0) })

/** @param inspectorUrl as the process has printed it, `ws://127.0.0.1:…` */
export async function openLiveHeap(inspectorUrl: string): Promise<LiveHeap> {
  const socket = new WebSocket(inspectorUrl)
  await once(socket, "open")
  let asked = 0
  async function ask(method: string): Promise<unknown> {
    const id = (asked += 1)
    const answered = new Promise<unknown>((resolve, reject) => {
      const hear = (data: WebSocket.RawData) => {
        const answer = answerShape.parse({ id: 0, ...(JSON.parse(data.toString()) as object) })
        if (answer.id !== id) return
        socket.off("message", hear)
        if (answer.error === undefined) resolve(answer.result)
        else reject(new Error(`${method}: ${JSON.stringify(answer.error)}`))
      }
      socket.on("message", hear)
    })
    socket.send(JSON.stringify({ id, method }))
    return answered
  }
  return {
    async bytes() {
      await ask("HeapProfiler.collectGarbage")
      const { usedSize, embedderHeapUsedSize, backingStorageSize } = usageShape.parse(await ask("Runtime.getHeapUsage"))
      return usedSize + embedderHeapUsedSize + backingStorageSize
    },
    close: () => socket.close(),
  }
}
