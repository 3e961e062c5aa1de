import { once } from "node:events"
import { type AddressInfo, createConnection, createServer, type Socket } from "node:net"
import { setTimeout as delay } from "node:timers/promises"

/** A line to a server on this machine that breaks, or gets slow, when it is told to. */
export type FaultyLine = {
  readonly port: number
  /** Connections that are open now. */
  open(): number
  /** Ends every connection as a pulled plug does: no goodbye. */
  cut(): void
  /** Takes nobody in, and cuts who is; `true` again lets them in. */
  letIn(isOpen: boolean): void
  /** From now on whatever the server says arrives so many ms later. */
  slowDown(answerDelayMs: number): void
  close(): void
}

/** Listens on a port of its own and hands everything on to `target`. */
export async function openFaultyLine(target: () => number): Promise<FaultyLine> {
  const ends = new Set<Socket>()
  let isOpen = true
  let answerDelayMs = 0
  const server = createServer((near) => {
    if (!isOpen) return near.resetAndDestroy()
    const far = createConnection(target(), "127.0.0.1")
    for (const end of [near, far]) {
      ends.add(end)
      end.on("error", () => undefined)
      end.on("close", () => ends.delete(end))
    }
    near.pipe(far)
    answerLater(far, near, () => answerDelayMs)
    near.on("close", () => far.destroy())
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const cut = () => ends.forEach((end) => end.resetAndDestroy())
  return {
    port: (server.address() as AddressInfo).port,
    open: () => ends.size / 2,
    cut,
    letIn(next) {
      isOpen = next
      if (!next) cut()
    },
    slowDown(next) {
      answerDelayMs = next
    },
    close() {
      server.close()
      cut()
    },
  }
}

/** Hands on what `far` says, in its order, each piece when its time has come; then its end. */
function answerLater(far: Socket, near: Socket, delayMs: () => number): void {
  let said = Promise.resolve()
  far.on("data", (piece: Buffer) => {
    const dueAt = performance.now() + delayMs()
    said = said.then(async () => {
      const leftMs = dueAt - performance.now()
      if (leftMs > 0) await delay(leftMs)
      if (near.writable) near.write(piece)
    })
  })
  far.on("close", () => void said.then(() => near.destroy()))
}
