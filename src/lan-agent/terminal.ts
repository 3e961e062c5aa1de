import type { ConnectionType } from "@/lan/protocol"
import type { AgentEnd, AgentNews, AgentStatus, PeerLine } from "./agent-news"
import { sentenceOf } from "./refusal-words"

export type TerminalStyle = "live" | "lines" | "json"

type Screen = {
  readonly style: TerminalStyle
  write(text: string): void
}

const pathWords: Readonly<Record<ConnectionType, string>> = {
  host: "host",
  direct: "direct",
  relayed: "through the relay",
  connecting: "connecting …",
  failed: "no way found",
  unknown: "unknown",
}

const networkEnds: Readonly<Record<string, string>> = {
  HOST_LEFT: "The host's PC left: the network has ended.",
  CLOSED: "The host has closed the network.",
  EMPTY: "The network has ended: nobody was in it.",
  PARTY_ENDED: "The party is over, and the network with it.",
}

/** [LANA-60] What the agent says, in plain words, as a table that stays, as lines, or as one JSON object per line. */
export class Terminal {
  /** Lines of the table that stands at the bottom now. */
  #tableLines = 0
  #paths = new Map<string, string>()
  #isIn = false

  constructor(readonly screen: Screen) {}

  tell(news: AgentNews): void {
    if (this.screen.style === "json") return this.screen.write(`${JSON.stringify(jsonOf(news))}\n`)
    if (news.type !== "peers") return this.#say(linesOf(news, this.#isIn), news)
    if (this.screen.style === "live") this.#draw(peerTable(news.peers))
    else this.#say(this.#changesOf(news.peers), news)
  }

  /** Words above the table. */
  #say(lines: readonly string[], news: AgentNews): void {
    if (news.type === "state") this.#isIn = true
    if (lines.length === 0) return
    this.#draw([])
    this.screen.write(lines.map((line) => `${line}\n`).join(""))
  }

  #draw(table: readonly string[]): void {
    // Up to the first line of the old table, then everything below away.
    const clear = this.#tableLines > 0 ? `\u001b[${this.#tableLines}A\u001b[J` : ""
    this.screen.write(clear + table.map((line) => `${line}\n`).join(""))
    this.#tableLines = table.length
  }

  /** Without a table: who came, who went, and whose path is of another kind; not every millisecond. */
  #changesOf(peers: readonly PeerLine[]): string[] {
    const now = new Map(peers.map((peer) => [peer.id, peer]))
    const said: string[] = []
    for (const peer of peers) {
      if (this.#paths.get(peer.id) !== peer.connectionType) said.push(`${plain(peer.name)}  ${peer.virtualIp}  ${pathOf(peer)}`)
    }
    const gone = [...this.#paths.keys()].filter((id) => !now.has(id))
    if (gone.length > 0) said.push(gone.length === 1 ? "One PC is out of the network." : `${gone.length} PCs are out of the network.`)
    this.#paths = new Map(peers.map(({ id, connectionType }) => [id, connectionType]))
    return said
  }
}

function linesOf(news: Exclude<AgentNews, { type: "peers" }>, isIn: boolean): string[] {
  switch (news.type) {
    case "party_found":
      return [`Found the party at ${news.party}`]
    case "address": {
      const { virtualIp, networkName, name, isHost, isReturn } = news
      const address = `Your address ${virtualIp}  (${plain(name)} in ${plain(networkName)}${isReturn ? ", back again" : ""})`
      return isHost ? [address, "This is the host's PC: when it leaves, the network ends for everybody."] : [address]
    }
    case "ready":
      return [`The network is up (${news.carrier}, ${news.interfaceName}). Ctrl-C leaves.`]
    case "state":
      if (news.state === "connected") return isIn ? ["All is well again."] : []
      return news.troubles.includes("party_away") ? ["The party does not answer. What is connected stays connected; asking again quietly."] : []
    case "warning":
      return [sentenceOf(news.refusal)]
    case "end":
      return [endWords(news.end)]
  }
}

/** [LANA-61] */
export function endWords(end: AgentEnd): string {
  switch (end.kind) {
    case "left":
      return "You have left the network."
    case "stopped":
      return "Stopped. The same line brings this PC back."
    case "kicked":
      return "The host took this PC out of the network. Ask the host to let you back in."
    case "network_ended":
      return networkEnds[end.reason] ?? "The network has ended."
    case "failed":
      return sentenceOf(end.refusal)
  }
}

/** The network as a table: who, where, how. */
function peerTable(peers: readonly PeerLine[]): string[] {
  if (peers.length === 0) return ["", "  Nobody else is here yet."]
  const rows = peers.map((peer) => [plain(peer.name), peer.virtualIp, pathOf(peer)])
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => [...(row[column] ?? "")].length)))
  return ["", ...rows.map(([name = "", address = "", path = ""]) => `  ${pad(name, widths[0])}  ${pad(address, widths[1])}  ${path}`)]
}

/** What `status` says. */
export function statusLines(status: AgentStatus): string[] {
  const { state, networkName, virtualIp, party, name } = status
  const head = networkName === null ? `${party}: ${state}` : `${plain(networkName)} at ${party}: ${state}`
  if (virtualIp === null) return [head]
  return [head, `Your address ${virtualIp}  (${plain(name ?? "")})`, ...peerTable(status.peers)]
}

function pathOf({ connectionType, latencyMs }: PeerLine): string {
  const isUp = connectionType === "direct" || connectionType === "relayed"
  return isUp && latencyMs !== null ? `${pathWords[connectionType]}, ${latencyMs < 10 ? latencyMs.toFixed(1) : Math.round(latencyMs)} ms` : pathWords[connectionType]
}

function pad(text: string, width = 0): string {
  return text + " ".repeat(Math.max(0, width - [...text].length))
}

/** [LANA-63] Names are typed by others: nothing in them moves the cursor or colours the screen. */
export function plain(text: string): string {
  return text.replace(/\p{C}/gu, "").slice(0, 60)
}

/** The same for programs; a refusal carries its sentence. */
function jsonOf(news: AgentNews): object {
  if (news.type === "warning") return { ...news, sentence: sentenceOf(news.refusal) }
  if (news.type === "end") return { ...news, sentence: endWords(news.end) }
  return news
}
