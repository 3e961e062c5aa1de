import { isIPv4 } from "node:net"
import { type Endpoint, endpointText } from "@/lan/protocol"
import { type RunCommand, complaintOf, runCommand } from "./command"
import { addElement, buildTable, dropTable, removeElement, tableName } from "./fast-path-rules"
import type { FastPath } from "./tunnel"
import type { NftSupport } from "./tunnel-support"

export type FastPathOptions = {
  interfaceName: string
  /** The agent's own UDP port: what peers send to, and believe to be spoken to from. */
  agentPort: number
  /** `Tunnel.listenPort`. */
  wireGuardPort: number
  /** Told, in words for people, why there is none. */
  onUnavailable?: (reason: string) => void
  platform?: string
  run?: RunCommand
}

/**
 * [TUN-7] Builds the nftables table of this interface, in the place of what a killed agent left; `null` when that is not
 * possible, and then everything goes on being carried by the agent.
 */
export async function openFastPath(options: FastPathOptions): Promise<FastPath | null> {
  const { platform = process.platform, run = runCommand, onUnavailable = () => undefined } = options
  if (platform !== "linux") {
    onUnavailable("Only Linux lets the agent hand packets over to the kernel")
    return null
  }
  const outcome = await run("nft", ["-f", "-"], buildTable(options, []))
  if (outcome.exitCode === 0) return new NftFastPath(options, run)
  onUnavailable(outcome.exitCode === null ? "nft (nftables) is not installed" : `nft refused: ${complaintOf(outcome)}`)
  return null
}

/** Whether a fast path could be opened; changes nothing. */
export async function probeNft(run: RunCommand = runCommand): Promise<NftSupport> {
  const rules = buildTable({ interfaceName: "party-try", agentPort: 1, wireGuardPort: 2 }, [])
  const outcome = await run("nft", ["-c", "-f", "-"], rules)
  if (outcome.exitCode === 0) return "works"
  if (outcome.exitCode === null) return "not_installed"
  return /not permitted|must be root/i.test(outcome.stderr) ? "not_permitted" : "unusable"
}

/** [TUN-7] One nft process for each change, 4 ms: what it says is what the kernel says. Changes keep their order. */
class NftFastPath implements FastPath {
  readonly #direct = new Map<string, Endpoint>()
  #last: Promise<unknown> = Promise.resolve()
  #isClosed = false

  constructor(
    private readonly options: FastPathOptions,
    private readonly run: RunCommand,
  ) {}

  add(peer: Endpoint): Promise<void> {
    if (!isIPv4(peer.address)) throw new Error("The fast path carries IPv4 only.")
    return this.#change(() => {
      this.#direct.set(endpointText(peer), peer)
      return addElement(this.options.interfaceName, peer)
    })
  }

  remove(peer: Endpoint): Promise<void> {
    return this.#change(() => {
      const wasThere = this.#direct.delete(endpointText(peer))
      return wasThere ? removeElement(this.options.interfaceName, peer) : null
    })
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      this.#isClosed = true
      this.#direct.clear()
      await this.#nft(dropTable(tableName(this.options.interfaceName)))
    })
  }

  #change(commandOf: () => string | null): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#isClosed) return
      const command = commandOf()
      if (command === null) return
      const outcome = await this.run("nft", ["-f", "-"], command)
      // Somebody's `flush ruleset` has taken the table along: it is built again with all that should be in it.
      if (outcome.exitCode !== 0) await this.#nft(buildTable(this.options, [...this.#direct.values()]))
    })
  }

  async #nft(commands: string) {
    const outcome = await this.run("nft", ["-f", "-"], commands)
    if (outcome.exitCode !== 0) throw new Error(`nft failed: ${complaintOf(outcome)}`)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
