import type { Server } from "node:net"
import { CannotStart } from "./cannot-start"

const LAST_PORT = 65_535
const TRIES = 50

export type PortWish = { readonly port: number; readonly isPortGiven: boolean }

/**
 * Listens for the whole network and yields the port: the wished one, or the next free one when it was only our default.
 * Throws CannotStart when a port somebody asked for is not to be had.
 */
export async function listen(server: Server, { port, isPortGiven }: PortWish): Promise<number> {
  for (let candidate = port; ; candidate++) {
    const failure = await tryPort(server, candidate)
    if (!failure) return portOf(server)
    if (failure === "EACCES") throw new CannotStart(`This account may not use port ${candidate}: choose one above 1023, like PORT=3000.`)
    if (isPortGiven) throw new CannotStart(`Port ${candidate} is taken by another program: choose another PORT, or leave PORT away.`)
    if (candidate === LAST_PORT || candidate === port + TRIES) throw new CannotStart(`No free port from ${port} to ${candidate}: set PORT.`)
  }
}

function tryPort(server: Server, port: number): Promise<"EADDRINUSE" | "EACCES" | undefined> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error & { code?: string }) => {
      server.off("listening", onListening)
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(error.code)
      else reject(error)
    }
    const onListening = () => {
      server.off("error", onError)
      resolve(undefined)
    }
    server.once("error", onError).once("listening", onListening)
    // A hundred phones after a restart knock at the same moment; the default backlog of 511 is enough for them.
    server.listen(port, "0.0.0.0")
  })
}

function portOf(server: Server): number {
  const address = server.address()
  if (address && typeof address === "object") return address.port
  throw new Error("a listening server has a port")
}
