import { randomUUID } from "node:crypto"
import { chmod, mkdir } from "node:fs/promises"
import path from "node:path"
import { z } from "zod"
import { sealClaim, unsealClaim } from "@/server/identity"
import type { Child, Host } from "./host"
import { bundleProgram } from "./network-program"
import { serverAddresses } from "./server-addresses"

const root = path.join(import.meta.dirname, "../../..")
const port = 3000
const sessionSecret = "of a party out of namespaces, 32 characters"
/** A build that is not there yet is made first. */
const longestStartMs = 240_000
/** A developer's own database, keys and party are not to be touched. */
const foreign = /^(DATABASE_URL|DATABASE_CONNECTIONS|NODE_ENV|NODE_OPTIONS|PARTY_.*|LAN_.*|(NEXT_PUBLIC_)?PUSHER_.*|GOOGLE_GENERATIVE_AI_API_KEY)$/

type Answer = { status: number; body: string }

const answerShape = z.object({ id: z.number(), status: z.number(), body: z.string() })
const joined = z.object({ token: z.string() })
const invited = z.object({ link: z.string() })

export type NetworkGuest = {
  readonly name: string
  /** A new line for one PC; the one before, if it is not used, stops working. */
  line(): Promise<string>
}

/** The app as a host runs it, in the internet's namespace, with its relay and its STUN. */
export class NetworkParty {
  readonly url = `http://${serverAddresses[0]}:${port}`
  readonly #answers = new Map<number, (answer: Answer) => void>()
  #asked = 0
  #app: Child | null = null
  #pin = 0
  #hostSeal = ""

  private constructor(
    readonly internet: Host,
    readonly courier: Child,
    readonly removeCourier: () => Promise<void>,
  ) {}

  /** Starts the party and waits for its address. `close` of the network ends it; `tidy` removes what is outside of that. */
  static async open(internet: Host): Promise<NetworkParty> {
    const program = await bundleProgram("src/testing/network/rest-courier.ts")
    const courier = internet.spawn(process.execPath, [program.file])
    await courier.line((line) => line === "ready")
    const party = new NetworkParty(internet, courier, program.remove)
    party.#listen()
    await party.start()
    return party
  }

  /** Starts the app on what it had before, and waits until it says where it is. */
  async start(): Promise<void> {
    const dataDir = path.join(this.internet.folder, "party")
    await mkdir(dataDir, { recursive: true })
    // As root the database runs under another account, which has to get through to its own folder.
    await Promise.all([path.dirname(this.internet.folder), this.internet.folder, dataDir].map((folder) => chmod(folder, 0o711)))
    const kept = Object.entries(process.env).filter(([name]) => foreign.test(name)).map(([name]) => [name, ""] as const)
    const own = {
      NODE_ENV: "production",
      NO_COLOR: "1",
      PORT: String(port),
      PARTY_HOST: serverAddresses[0],
      PARTY_DATA_DIR: dataDir,
      LAN_ADDRESSES: serverAddresses.join(","),
      SESSION_SECRET: sessionSecret,
    }
    this.#app = this.internet.spawn(process.execPath, [path.join(root, "scripts/party.mjs")], { cwd: root, env: { ...Object.fromEntries(kept), ...own } })
    this.#pin = await this.#app.line((line) => Number(/PIN (\d{6})/.exec(line)?.[1]), longestStartMs)
  }

  /** Ends the app at once and without a word, as a power cut would. Its database goes on, as after a crash. */
  async kill(): Promise<void> {
    await this.#app?.end("SIGKILL")
  }

  /** What the terminal has shown. */
  get output(): string {
    return `${this.#app?.stdout ?? ""}${this.#app?.stderr ?? ""}`
  }

  async guest(name: string): Promise<NetworkGuest> {
    const { token } = joined.parse(await this.post("/api/v1/join", { name, partyPin: this.#pin }))
    if (!this.#hostSeal) {
      const { guest } = await unsealClaim("guest", token, sessionSecret)
      if (!guest) throw new Error("the party seals with another secret")
      this.#hostSeal = await sealClaim("host", { partyId: guest.partyId, linkId: null }, sessionSecret)
    }
    return { name, line: async () => invited.parse(await this.post("/api/v1/lan/invitations", {}, token)).link }
  }

  /** The host takes a PC out of the network. */
  async kick(peerId: string): Promise<void> {
    await this.post("/api/v1/lan/kick", { peerId }, this.#hostSeal)
  }

  /** One request to the party's REST API. Throws when it is refused. */
  async post(route: string, body: object, seal?: string): Promise<unknown> {
    const headers = { "content-type": "application/json", "idempotency-key": randomUUID(), ...(seal ? { authorization: `Bearer ${seal}` } : {}) }
    const answer = await this.#ask({ method: "POST", url: this.url + route, headers, body: JSON.stringify(body) })
    if (answer.status < 200 || answer.status > 299) throw new Error(`${route}: ${answer.status} ${answer.body}`)
    return JSON.parse(answer.body)
  }

  /** Removes what lies outside the network's own folder. */
  async tidy(): Promise<void> {
    await this.removeCourier()
  }

  #ask(question: object): Promise<Answer> {
    const id = (this.#asked += 1)
    return new Promise((resolve) => {
      this.#answers.set(id, resolve)
      this.courier.process.stdin.write(`${JSON.stringify({ id, ...question })}\n`)
    })
  }

  #listen(): void {
    let rest = ""
    this.courier.process.stdout.on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n")
      rest = lines.pop() ?? ""
      for (const line of lines) {
        if (line === "ready") continue
        const { id, ...answer } = answerShape.parse(JSON.parse(line))
        this.#answers.get(id)?.(answer)
        this.#answers.delete(id)
      }
    })
  }
}
