import { z } from "zod"
import type { Child, Host } from "./host"

const peerLine = z.object({
  id: z.string(),
  name: z.string(),
  virtualIp: z.string(),
  connectionType: z.string(),
  latencyMs: z.number().nullable(),
  isHandedOver: z.boolean(),
})
export type PeerSeen = z.infer<typeof peerLine>

const news = z.discriminatedUnion("type", [
  z.object({ type: z.literal("address"), virtualIp: z.string(), name: z.string(), isReturn: z.boolean() }),
  z.object({ type: z.literal("peers"), peers: z.array(peerLine) }),
  z.object({ type: z.literal("end"), end: z.object({ kind: z.string() }) }),
])

/** The agent as a guest runs it on a PC, told to speak JSON. */
export class LanPcAgent {
  readonly child: Child

  constructor(
    readonly host: Host,
    program: string,
    link: string,
    options: { args?: readonly string[]; hasFastPath?: boolean } = {},
  ) {
    const command = [process.execPath, program, "join", link, "--json", ...(options.args ?? [])]
    // On a PC whose nft does nothing the agent carries every packet itself.
    const without = ["-c", `mount --bind /dev/null "$(command -v nft)" && exec "$@"`, "sh", ...command]
    this.child = options.hasFastPath === false ? host.spawn("sh", without) : host.spawn(command[0] ?? "node", command.slice(1))
  }

  /** All it said, for whoever wonders why. */
  get said(): string {
    return `${this.child.stdout}${this.child.stderr}`
  }

  /** Leaves as Ctrl-C does, and waits until everything is taken down. */
  async leave(): Promise<void> {
    await this.child.end("SIGINT")
  }

  /** The address it was given, as soon as it says so. */
  virtualIp(withinMs = 20_000): Promise<string> {
    return this.child.line((line) => {
      const said = readNews(line)
      return said?.type === "address" && said.virtualIp
    }, withinMs)
  }

  /** What it says about the others now. */
  get peers(): readonly PeerSeen[] {
    for (const line of this.child.stdout.trimEnd().split("\n").reverse()) {
      const said = readNews(line)
      if (said?.type === "peers") return said.peers
    }
    return []
  }

  /** Resolves with how it ended. */
  end(withinMs = 20_000): Promise<string> {
    return this.child.line((line) => {
      const said = readNews(line)
      return said?.type === "end" && said.end.kind
    }, withinMs)
  }

  /** Waits until what it says about the others is as wanted. */
  async seesPeers(isWanted: (peers: readonly PeerSeen[]) => boolean, withinMs = 20_000): Promise<readonly PeerSeen[]> {
    if (isWanted(this.peers)) return this.peers
    await this.child.line((line) => {
      const said = readNews(line)
      return said?.type === "peers" && isWanted(said.peers) && isWanted(this.peers)
    }, withinMs)
    return this.peers
  }
}

function readNews(line: string): z.infer<typeof news> | null {
  if (!line.startsWith("{")) return null
  const read = news.safeParse(JSON.parse(line))
  return read.success ? read.data : null
}
