import { execFile } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises"
import { createServer, type Server } from "node:https"
import { connect } from "node:net"
import path from "node:path"
import type { Duplex } from "node:stream"
import { promisify } from "node:util"
import pg from "pg"
import { createWebSocketStream, WebSocketServer } from "ws"
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@/db/embedded-postgres"
import { createLocalPusher } from "@/realtime/local-server/local-pusher"

// `npx tsx scripts/container/rehearsal.ts <folder>`: the cloud on one machine, for a container that does not know better. A
// Postgres, the proxy in front of Neon's and Pusher Channels, all on 127.0.0.1 under the names that the real ones have, with
// TLS. Needs openssl, and the right to listen on port 443. What a container needs is put into the folder: `hosts` and `ca.pem`
// to be laid into it, `cloud.env` (Neon) and `plain.env` (Postgres by its address) for its settings. Ends with SIGINT.
const run = promisify(execFile)
const folder = path.resolve(process.argv[2] ?? "")
if (!process.argv[2]) {
  console.error("Say where to: npx tsx scripts/container/rehearsal.ts <folder>")
  process.exit(1)
}

const cluster = "rehearsal"
const neon = "ep-rehearsal-12345678-pooler.eu-central-1.aws.neon.tech"
const names = [neon, neon.replace("-pooler", ""), `api-${cluster}.pusher.com`, `ws-${cluster}.pusher.com`]
const account = { appId: "1234567", key: randomBytes(10).toString("hex"), secret: randomBytes(10).toString("hex") }

await mkdir(folder, { recursive: true })
await makeCertificate()
const postgres = await startEmbeddedPostgres({ dataDir: path.join(folder, "database") })
await takePasswordsAsTheyCome(postgres)
const server = await openDoor(postgres)
await writeSettings(postgres)
console.log(`The rehearsal is on: ${folder}/hosts, ca.pem, cloud.env and plain.env are for the containers.`)

await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")])
server.close()
server.closeAllConnections()
await postgres.stop()
process.exit(0)

async function makeCertificate(): Promise<void> {
  const at = (file: string) => path.join(folder, file)
  const openssl = (...args: string[]) => run("openssl", args)
  await openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Party OS rehearsal", "-keyout", at("ca.key"), "-out", at("ca.pem"))
  await openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=rehearsal", "-keyout", at("door.key"), "-out", at("door.csr"))
  await writeFile(at("door.ext"), `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}\n`)
  await openssl("x509", "-req", "-in", at("door.csr"), "-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-CAcreateserial", "-days", "2", "-extfile", at("door.ext"), "-out", at("door.pem"))
}

/** Neon's driver sends its password with the first bytes, before it is asked: over TLS that is one round trip less. */
async function takePasswordsAsTheyCome({ url }: EmbeddedPostgres): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ file: string }>("select current_setting('hba_file') as file")
  const file = rows[0]?.file ?? ""
  await writeFile(file, (await readFile(file, "utf8")).replaceAll("scram-sha-256", "password"))
  await client.query("select pg_reload_conf()")
  await client.end()
}

/** Whoever comes by the name of Neon's speaks with Postgres, whoever comes by Pusher's with Pusher. */
async function openDoor({ url }: EmbeddedPostgres): Promise<Server> {
  const pusher = createLocalPusher(account)
  const [key, cert] = await Promise.all(["door.key", "door.pem"].map((file) => readFile(path.join(folder, file))))
  const lines = new WebSocketServer({ noServer: true })
  const { hostname, port } = new URL(url)
  const server = createServer({ key, cert }, (request, response) => {
    if (!pusher.handleRequest(request, response)) response.writeHead(404).end()
  })
  server.on("upgrade", (request, socket: Duplex, head) => {
    if (!request.headers.host?.endsWith(".neon.tech")) {
      if (!pusher.handleUpgrade(request, socket, head)) socket.destroy()
      return
    }
    lines.handleUpgrade(request, socket, head, (line) => {
      const near = createWebSocketStream(line)
      const far = connect(Number(port), hostname)
      near.pipe(far).pipe(near)
      near.on("error", () => far.destroy()).on("close", () => far.destroy())
      far.on("error", () => near.destroy()).on("close", () => line.close())
    })
  })
  server.listen(443, "127.0.0.1")
  await once(server, "listening")
  return server
}

async function writeSettings({ url }: EmbeddedPostgres): Promise<void> {
  const { username, password, pathname } = new URL(url)
  const secret = (bytes: number) => randomBytes(bytes).toString("base64url")
  const shared = {
    SESSION_SECRET: secret(32),
    PUSHER_APP_ID: account.appId,
    PUSHER_KEY: account.key,
    PUSHER_SECRET: account.secret,
    PUSHER_CLUSTER: cluster,
    PARTY_URL: "http://127.0.0.1:3001",
    ALLOW_NEW_PARTIES: "1",
    METRICS_TOKEN: secret(16),
    CRON_SECRET: secret(16),
    NODE_EXTRA_CA_CERTS: "/ca.pem",
  }
  const text = (databaseUrl: string) => Object.entries({ DATABASE_URL: databaseUrl, ...shared }).map(([name, value]) => `${name}=${value}\n`).join("")
  await writeFile(path.join(folder, "hosts"), `127.0.0.1 localhost ${names.join(" ")}\n`)
  for (const [file, databaseUrl] of [["cloud.env", `postgres://${username}:${password}@${neon}${pathname}?sslmode=require`], ["plain.env", url]] as const) {
    await writeFile(path.join(folder, file), text(databaseUrl))
    await chmod(path.join(folder, file), 0o600)
  }
}
