import { once } from "node:events"
import { type AddressInfo, createConnection, createServer, type Socket } from "node:net"

/** A line to a server on this machine that breaks when it is told to. */
export type FaultyLine = {
  readonly port: number
  /** Connections that are open now. */
  open(): number
  /** Ends every connection as a pulled plug does: no goodbye. */
  cut(): void
  /** Takes nobody in, and cuts who is; `true` again lets them in. */
  letIn(isOpen: boolean): void
  close(): void
}

/** Listens on a port of its own and hands everything on to `target`. */
export async function openFaultyLine(target: () => number): Promise<FaultyLine> {
  const ends = new Set<Socket>()
  let isOpen = true
  const server = createServer((near) => {
    if (!isOpen) return near.resetAndDestroy()
    const far = createConnection(target(), "127.0.0.1")
    for (const end of [near, far]) {
      ends.add(end)
      end.on("error", () => undefined)
      end.on("close", () => ends.delete(end))
    }
    near.pipe(far).pipe(near)
    near.on("close", () => far.destroy())
    far.on("close", () => near.destroy())
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
    close() {
      server.close()
      cut()
    },
  }
}
