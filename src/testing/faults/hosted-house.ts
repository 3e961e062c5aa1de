import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import path from "node:path"
import { startEmbeddedPostgres } from "@/db/embedded-postgres"
import { createLocalPusher } from "@/realtime/local-server/local-pusher"
import { newFaultFolder } from "./fault-folder"
import { startParty, type PartyProcess } from "./party-process"

/** What a hosted party stands on: a database and a realtime server of their own, beside the app's processes. */
export type HostedHouse = {
  readonly databaseUrl: string
  readonly sessionSecret: string
  readonly account: { readonly appId: string; readonly key: string; readonly secret: string }
  readonly realtime: { readonly port: number; readonly key: string }
  /** Starts one more of the app's processes; `env` goes before what the house would tell it. */
  startOne(name: string, env?: Readonly<Record<string, string>>): Promise<PartyProcess>
  close(): Promise<void>
}

export async function openHostedHouse(): Promise<HostedHouse> {
  const sessionSecret = randomBytes(32).toString("base64url")
  const account = { appId: "1", key: "faults-key", secret: randomBytes(24).toString("base64url") }
  const folder = await newFaultFolder()
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(folder.path, "database") })
  const pusher = createLocalPusher(account)
  const server = createServer((request, response) => {
    if (!pusher.handleRequest(request, response)) response.writeHead(404).end()
  })
  server.on("upgrade", (request, socket, head) => {
    if (!pusher.handleUpgrade(request, socket, head)) socket.destroy()
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  const apps: PartyProcess[] = []

  return {
    databaseUrl: postgres.url,
    sessionSecret,
    account,
    realtime: { port, key: account.key },
    async startOne(name, env = {}) {
      const app = await startParty(path.join(folder.path, name), {
        DATABASE_URL: postgres.url,
        SESSION_SECRET: sessionSecret,
        PUSHER_APP_ID: account.appId,
        PUSHER_KEY: account.key,
        PUSHER_SECRET: account.secret,
        PUSHER_HOST: "127.0.0.1",
        PUSHER_PORT: String(port),
        ...env,
      })
      apps.push(app)
      return app
    },
    async close() {
      for (const app of apps) await app.kill()
      pusher.close()
      server.close()
      server.closeAllConnections()
      await postgres.stop()
      await folder.remove()
    },
  }
}
