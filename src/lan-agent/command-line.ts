import { readFile } from "node:fs/promises"
import { parseArgs } from "node:util"
import { wordsOf } from "@/kernel/error-words"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import { gamesNamed, lanGames } from "@/lan/games"
import type { Endpoint } from "@/lan/protocol"
import { systemAgentClock } from "./agent-clock"
import { LanAgent } from "./agent"
import { agentFetch } from "./agent-fetch"
import type { AgentEnd, AgentStatus } from "./agent-news"
import { agentFolders, askAgent, openControlSocket } from "./control-socket"
import { controlPlane } from "./control-plane"
import { openAgentSocket, type AgentSocket } from "./data-path/agent-socket"
import { examine, findingLines } from "./doctor"
import { IdentityFile, stateRoot } from "./identity-file"
import { wireguardCommand } from "./install-words"
import { readLink } from "./link"
import { typedPassword } from "./password-prompt"
import { realDoors, socketDoor } from "./real-doors"
import { sentenceOf } from "./refusal-words"
import { relayAnswers } from "./relay-check"
import { statusLines, Terminal, type TerminalStyle } from "./terminal"
import { inspectTunnelSupport, mayMakeInterfaces } from "./tunnel/tunnel-support"

/** [LANA-61] How a command ends. */
const exitCodes = { fine: 0, failed: 1, usage: 2, notPermitted: 3, kicked: 4, networkEnded: 5, notRunning: 6 } as const

const usage = `party-lan: one network for everybody's PCs

  join <link>    join the network your phone's link leads to, and stay until Ctrl-C
  status         who is in, and how each is reached
  leave          leave the network
  doctor [link]  look at what a join needs

  --name <name>      what this PC is called (else: like its guest)
  --password <word>  the network's password (else it is asked for)
  --games <a,b>      let these games find each other by themselves
  --json             one JSON object per line
  --help             this

Ends with 0 when all went well, 1 when something failed, 2 for a command it does not know, 3 without the administrator's
rights, 4 when the host took this PC out, 5 when the network has ended, 6 when nothing runs.
`

const options = {
  name: { type: "string" },
  password: { type: "string" },
  games: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const

type Flags = { readonly name?: string | undefined; readonly password?: string | undefined; readonly games?: string | undefined; readonly json: boolean }

/** Does one command of the command line. @returns the exit code. */
export async function runCli(words: readonly string[]): Promise<number> {
  const read = readWords(words)
  if (!read.ok) {
    process.stderr.write(`${read.refusal.detail?.why ?? "That is no command."}\n\n${usage}`)
    return exitCodes.usage
  }
  const { command, target, flags } = read.value
  switch (command) {
    case "help":
      process.stdout.write(usage)
      return exitCodes.fine
    case "join":
      return join(target, flags)
    case "status":
      return status(flags)
    case "leave":
      return leave(flags)
    case "doctor":
      return doctor(target, flags)
  }
}

type Command = "join" | "status" | "leave" | "doctor" | "help"
type Words = { readonly command: Command; readonly target: string | undefined; readonly flags: Flags }

/** [LANA-61] */
export function readWords(words: readonly string[]): Result<Words, Refusal<"not_understood">> {
  let parsed
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true })
  } catch (error) {
    return refuse("not_understood", { why: wordsOf(error) })
  }
  const { values: flags, positionals } = parsed
  const [command, target, ...more] = positionals
  if (flags.help) return ok({ command: "help", target: undefined, flags })
  if (command !== "join" && command !== "status" && command !== "leave" && command !== "doctor") {
    return refuse("not_understood", { why: command === undefined ? "Say what to do." : `There is no command ${command}.` })
  }
  const takesTarget = command === "join" || command === "doctor"
  if (more.length > 0 || (!takesTarget && target !== undefined)) return refuse("not_understood", { why: `${command} does not take that many words.` })
  return ok({ command, target, flags })
}

/** The ids of `--games a,b`; refused is one that the list does not know. */
export function readGames(text: string | undefined): Result<string[], Refusal<"games_unknown">> {
  const ids = [...new Set((text ?? "").split(",").map((id) => id.trim()).filter((id) => id !== ""))]
  const named = gamesNamed(ids)
  return named.ok ? ok(ids) : refuse("games_unknown", { ...named.refusal.detail, known: lanGames.map(({ id }) => id).join(", ") })
}

/** [LANA-61] */
export function exitCodeOf(end: AgentEnd): number {
  switch (end.kind) {
    case "left":
    case "stopped":
      return exitCodes.fine
    case "kicked":
      return exitCodes.kicked
    case "network_ended":
      return exitCodes.networkEnded
    case "failed":
      return end.refusal.code === "not_permitted" ? exitCodes.notPermitted : exitCodes.failed
  }
}

async function join(target: string | undefined, flags: Flags): Promise<number> {
  const say = sayer(flags)
  const link = readLink(target)
  if (!link.ok) return say.refusal(link.refusal, exitCodes.usage)
  const games = readGames(flags.games)
  if (!games.ok) return say.refusal(games.refusal, exitCodes.usage)
  const { party, invitation } = link.value
  const elsewhere = (await runningAgents()).find((status) => status.party !== party)
  if (elsewhere) return say.refusal({ code: "other_party", detail: { party: elsewhere.party } }, exitCodes.failed)
  // Before the line is redeemed: it is good once.
  const obstacle = await obstacleOf()
  if (obstacle) return say.refusal(obstacle, obstacle.code === "not_permitted" ? exitCodes.notPermitted : exitCodes.failed)

  const identity = new IdentityFile(ownRoot(), party)
  const style: TerminalStyle = flags.json ? "json" : process.stdout.isTTY ? "live" : "lines"
  const terminal = new Terminal({ style, write: (text) => void process.stdout.write(text) })
  const doors = realDoors({ party, identity, remark: () => undefined })
  const order = { party, invitation, name: flags.name, password: passwordFrom(flags), games: games.value }
  const agent = new LanAgent(doors, order, (news) => terminal.tell(news))
  let ended: Promise<AgentEnd> | null = null
  const control = await openControlSocket(identity.folder, {
    status: async () => agent.status(),
    leave: async () => {
      agent.leave()
      return ended
    },
  }).catch(() => refuse("state_not_writable", { folder: identity.folder }))
  if (!control.ok) return say.refusal(control.refusal, exitCodes.failed)
  const release = obeySignals(agent)
  try {
    ended = agent.run()
    return exitCodeOf(await ended)
  } finally {
    release()
    await control.value.close()
  }
}

/** [LANA-50] [LANA-51] Ctrl-C leaves, a second one does not wait; a PC that shuts down or a closed terminal only stops. */
function obeySignals(agent: LanAgent): () => void {
  let asked = 0
  const leave = () => {
    asked += 1
    if (asked > 1) process.exit(130)
    agent.leave()
  }
  const stop = () => (agent.status().isHost ? agent.stop() : agent.leave())
  const broken = (error: unknown) => agent.break(error)
  const obeyed = [["SIGINT", leave], ["SIGTERM", stop], ["SIGHUP", stop]] as const
  for (const [signal, act] of obeyed) process.on(signal, act)
  process.on("uncaughtException", broken)
  return () => {
    obeyed.forEach(([signal, act]) => process.off(signal, act))
    process.off("uncaughtException", broken)
  }
}

async function obstacleOf(): Promise<Refusal | null> {
  if (process.platform === "win32") return null
  if (!(await mayMakeInterfaces())) return { code: "not_permitted" }
  if (process.platform !== "linux") return null
  const support = await inspectTunnelSupport()
  if (!support.wireguardGo && !(support.hasKernelWireGuard && support.wg)) return { code: "no_wireguard", detail: { command: await installCommand() } }
  return support.hasTun || (support.hasKernelWireGuard && support.wg) ? null : { code: "no_tun" }
}

async function status(flags: Flags): Promise<number> {
  const found = await runningAgents()
  const say = sayer(flags)
  if (found.length === 0) return say.refusal({ code: "not_running" }, exitCodes.notRunning)
  for (const answer of found) say.status(answer)
  return exitCodes.fine
}

async function leave(flags: Flags): Promise<number> {
  const say = sayer(flags)
  const ends = await askAll("leave")
  if (ends.length === 0) return say.refusal({ code: "not_running" }, exitCodes.notRunning)
  say.line("You have left the network.", { type: "left" })
  return exitCodes.fine
}

async function runningAgents(): Promise<AgentStatus[]> {
  return (await askAll("status")).map((answer) => answer as AgentStatus)
}

async function askAll(ask: "status" | "leave"): Promise<unknown[]> {
  const folders = await agentFolders(ownRoot())
  const answers = await Promise.all(folders.map((folder) => askAgent(folder, ask)))
  return answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
}

async function doctor(target: string | undefined, flags: Flags): Promise<number> {
  const say = sayer(flags)
  const party = target !== undefined && URL.canParse(target) ? new URL(target).origin : null
  const socket = await openAgentSocket()
  try {
    const { mappedAddress, natBehaviour } = socketDoor(socket)
    const findings = await examine({
      nodeVersion: process.versions.node,
      platform: process.platform,
      installCommand: await installCommand(),
      tunnelSupport: inspectTunnelSupport,
      party,
      challenge: () => controlPlane({ party: party ?? "", fetch: agentFetch, clock: systemAgentClock, credentials: () => null }).challenge(),
      mappedAddress,
      natBehaviour,
      relay: () => relaySeenBy(party, socket),
    })
    for (const [index, line] of findingLines(findings).entries()) if (!flags.json) say.line(line, { index })
    if (flags.json) for (const finding of findings) say.line("", { type: "finding", ...finding })
    return findings.some(({ isFine }) => isFine === false) ? exitCodes.failed : exitCodes.fine
  } finally {
    await socket.close()
  }
}

/** Where the relay is, only a PC knows that is in the network: the agent that runs here is asked. */
async function relaySeenBy(party: string | null, socket: AgentSocket): Promise<{ endpoint: Endpoint | null; answers: boolean } | null> {
  const here = (await runningAgents()).find((status) => status.party === party && status.networkId !== null)
  if (!here) return null
  return { endpoint: here.relay, answers: here.relay !== null && (await relayAnswers(socket, here.relay)) }
}

const installCommand = async () => wireguardCommand(process.platform, await readFile("/etc/os-release", "utf8").catch(() => ""))

const ownRoot = () => stateRoot(process.env, process.getuid?.() === 0)

/** A password is typed where nobody else reads it; without a terminal there is nobody to ask. */
function passwordFrom(flags: Flags): () => Promise<string | null> {
  let given = flags.password
  return async () => {
    if (given !== undefined) {
      const once = given
      given = undefined
      return once
    }
    if (!process.stdin.isTTY || flags.json) return null
    return typedPassword(process.stdin, process.stderr)
  }
}

function sayer({ json }: Flags) {
  const line = (text: string, object: object) => void process.stdout.write(`${json ? JSON.stringify(object) : text}\n`)
  return {
    line,
    refusal(refusal: Refusal, exitCode: number): number {
      if (json) line("", { type: "end", end: { kind: "failed", refusal }, sentence: sentenceOf(refusal) })
      else process.stderr.write(`${sentenceOf(refusal)}\n`)
      return exitCode
    },
    status: (status: AgentStatus) => (json ? line("", { type: "status", ...status }) : statusLines(status).forEach((text) => line(text, {}))),
  }
}
