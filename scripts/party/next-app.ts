import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { Duplex } from "node:stream"

export type NextApp = {
  /** Loads the build and runs the app's instrumentation: the database has to be ready by now. */
  prepare(): Promise<void>
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): Promise<void>
}

/** Next as a custom server: production when NODE_ENV says so, which must be set before this module's function is called. */
export async function loadNext({ root, port }: { root: string; port: number }): Promise<NextApp> {
  const { default: next } = await import("next")
  // Next hangs an upgrade listener on the server it is given, and ends every socket whose path looks like a page. On
  // this server, which never listens, it hears only of the upgrades that nobody else took.
  const decoy = createServer()
  const app = next({ dev: false, dir: root, hostname: "0.0.0.0", port, httpServer: decoy })
  const handle = app.getRequestHandler()
  return {
    prepare: () => app.prepare(),
    handle: (request, response) => handle(request, response),
    upgrade(request, socket, head) {
      if (!decoy.emit("upgrade", request, socket, head)) socket.destroy()
    },
    close: () => app.close(),
  }
}
