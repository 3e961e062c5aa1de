import { describe, expect, it } from "vitest"
import type { Refusal } from "@/kernel/result"
import type { AgentStatus, PeerLine } from "./agent-news"
import { sentenceOf } from "./refusal-words"
import { endWords, plain, statusLines, Terminal, type TerminalStyle } from "./terminal"

function screen(style: TerminalStyle) {
  let text = ""
  const terminal = new Terminal({ style, write: (more) => (text += more) })
  return { terminal, text: () => text }
}

const peer = (name: string, more: Partial<PeerLine> = {}): PeerLine => ({ id: name, name, virtualIp: "10.66.0.2", connectionType: "direct", latencyMs: 12.3, isHandedOver: false, ...more })
const address = { type: "address", virtualIp: "10.66.0.3", networkName: "Friday", name: "Ann", isHost: false, isReturn: false } as const

describe("what people read", () => {
  it("[LANA-60] into a pipe: sentences, and a line per change of a path's kind", () => {
    const { terminal, text } = screen("lines")
    terminal.tell({ type: "party_found", party: "http://party:3000" })
    terminal.tell(address)
    terminal.tell({ type: "state", state: "connected", troubles: [] })
    terminal.tell({ type: "ready", interfaceName: "party0", carrier: "wireguard-go" })
    terminal.tell({ type: "peers", peers: [peer("Bo", { connectionType: "connecting", latencyMs: null })] })
    terminal.tell({ type: "peers", peers: [peer("Bo")] })
    terminal.tell({ type: "peers", peers: [peer("Bo", { latencyMs: 40 })] })
    terminal.tell({ type: "peers", peers: [] })
    terminal.tell({ type: "end", end: { kind: "left" } })
    expect(text()).toBe(
      [
        "Found the party at http://party:3000",
        "Your address 10.66.0.3  (Ann in Friday)",
        "The network is up (wireguard-go, party0). Ctrl-C leaves.",
        "Bo  10.66.0.2  connecting …",
        "Bo  10.66.0.2  direct, 12 ms",
        "One PC is out of the network.",
        "You have left the network.",
        "",
      ].join("\n"),
    )
  })

  it("[LANA-60] on a terminal the table is drawn over the one before, and words go above it", () => {
    const { terminal, text } = screen("live")
    terminal.tell({ type: "peers", peers: [peer("Bo"), peer("Annabel", { virtualIp: "10.66.0.12", latencyMs: 1.24 })] })
    expect(text()).toBe("\n  Bo       10.66.0.2   direct, 12 ms\n  Annabel  10.66.0.12  direct, 1.2 ms\n")
    terminal.tell({ type: "peers", peers: [peer("Bo")] })
    expect(text().endsWith("\u001b[3A\u001b[J\n  Bo  10.66.0.2  direct, 12 ms\n")).toBe(true)
    terminal.tell({ type: "end", end: { kind: "kicked" } })
    expect(text().endsWith("\u001b[2A\u001b[JThe host took this PC out of the network. Ask the host to let you back in.\n")).toBe(true)
  })

  it("[LANA-60] for programs one object per line, refusals with their sentence", () => {
    const { terminal, text } = screen("json")
    terminal.tell(address)
    terminal.tell({ type: "peers", peers: [peer("Bo")] })
    terminal.tell({ type: "end", end: { kind: "failed", refusal: { code: "lan_full" } } })
    const lines = text().trimEnd().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines).toEqual([address, { type: "peers", peers: [peer("Bo")] }, { type: "end", end: { kind: "failed", refusal: { code: "lan_full" } }, sentence: sentenceOf({ code: "lan_full" }) }])
  })

  it("[LANA-63] a name moves no cursor and colours nothing", () => {
    for (const style of ["live", "lines"] as const) {
      const { terminal, text } = screen(style)
      terminal.tell({ ...address, name: "A\u001b[2Jn\u0007n", networkName: "\u001b]0;x\u0007Fri\u202eday" })
      terminal.tell({ type: "peers", peers: [peer("B\u001b[31mo\r\n")] })
      expect(text().replaceAll("\u001b[J", "")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/)
    }
    expect(plain("A\u001b[2Jn\u0007n")).toBe("A[2Jnn")
  })

  it("[LANA-60] the host's PC is told what its leaving means", () => {
    const { terminal, text } = screen("lines")
    terminal.tell({ ...address, isHost: true })
    expect(text()).toContain("when it leaves, the network ends for everybody")
  })

  it("[LANA-32] a party that is away is one sentence, and its return another", () => {
    const { terminal, text } = screen("lines")
    for (const state of ["connected", "degraded", "connected"] as const) {
      terminal.tell({ type: "state", state, troubles: state === "degraded" ? ["party_away"] : [] })
    }
    expect(text()).toBe("The party does not answer. What is connected stays connected; asking again quietly.\nAll is well again.\n")
  })

  it("[LANA-31] each end has its own words", () => {
    const ends = [
      { kind: "left" },
      { kind: "stopped" },
      { kind: "kicked" },
      ...["HOST_LEFT", "CLOSED", "EMPTY", "PARTY_ENDED", "UNKNOWN"].map((reason) => ({ kind: "network_ended", reason }) as const),
      { kind: "failed", refusal: { code: "lan_token_expired" } },
    ] as const
    expect(new Set(ends.map(endWords)).size).toBe(ends.length)
  })

  it("[LANA-63] nor does a sentence of the party's or of a broken program move the cursor", () => {
    const refusals: Refusal[] = [{ code: "new_one", detail: { said: "no\u001b[2J\u009b1A" } }, { code: "accident", detail: { why: "\u001b]0;x\u0007" } }]
    for (const refusal of refusals) expect(sentenceOf(refusal)).not.toMatch(/\p{C}/u)
  })

  it("[LANA-60] status says who is in and how", () => {
    const status: AgentStatus = {
      ...{ state: "connected" as const, troubles: [], party: "http://party:3000", networkId: "n", networkName: "Friday", peerId: "p" },
      ...{ name: "Ann", virtualIp: "10.66.0.3", isHost: false, carrier: "kernel", interfaceName: "party0", relay: null, peers: [peer("Bo", { connectionType: "relayed", latencyMs: 30 })] },
    }
    expect(statusLines(status)).toEqual(["Friday at http://party:3000: connected", "Your address 10.66.0.3  (Ann)", "", "  Bo  10.66.0.2  through the relay, 30 ms"])
  })
})
