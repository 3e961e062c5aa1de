import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { createLocalPusher } from "@/realtime/local-server/local-pusher"
import { createLog } from "@/server/log"
import { createRuntime, type Runtime, type RuntimeParts } from "@/server/runtime"
import { benchEnv, benchPusher } from "./environment"

/** A runtime whose publisher speaks to a local Pusher server in the same process, as it does at a party. */
export async function openRuntime(
  databaseUrl: string,
  parts: Pick<RuntimeParts, "onQuery"> = {},
): Promise<{ runtime: Runtime; stop(): Promise<void> }> {
  const pusher = createLocalPusher(benchPusher)
  const server = createServer((request, response) => {
    if (!pusher.handleRequest(request, response)) response.writeHead(404).end()
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  const env = benchEnv({ databaseUrl, pusher: benchPusher, pusherPort: port })
  const runtime = createRuntime(env, { ...parts, log: createLog("silent") })
  return {
    runtime,
    async stop() {
      await runtime.close()
      pusher.close()
      server.close()
      server.closeAllConnections()
    },
  }
}
