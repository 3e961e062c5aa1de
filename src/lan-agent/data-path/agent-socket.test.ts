import { createSocket } from "node:dgram"
import { once } from "node:events"
import type { NetworkInterfaceInfo } from "node:os"
import { afterEach, describe, expect, it, vi } from "vitest"
import type { Endpoint } from "@/lan/protocol"
import { startStunServer } from "@/lan/stun-commands"
import { hostCandidates, openAgentSocket } from "./agent-socket"

const closing: (() => Promise<unknown> | void)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function socket(port?: number) {
  const opened = await openAgentSocket({ port })
  closing.push(() => opened.close())
  return opened
}

describe("the agent's socket", () => {
  it("[LANU-70] gives STUN its answers and everything else to the taker, parts joined", async () => {
    const server = await startStunServer({ addresses: ["127.0.0.1"], ports: [0, 0], nowMs: () => performance.now() })
    closing.push(() => server.close())
    const [ann, bob] = [await socket(), await socket()]
    const heard: { text: string; from: Endpoint }[] = []
    bob.onDatagram((datagram, { address, port }) => void heard.push({ text: datagram.toString(), from: { address, port } }))
    const bobs = { address: "127.0.0.1", port: bob.port }
    ann.transport.send(Buffer.from("whole"), bobs)
    ann.transport.sendFramed?.(Buffer.from("head"), Buffer.from("body"), bobs)
    const from = { address: "127.0.0.1", port: ann.port }
    await vi.waitFor(() => expect(heard).toEqual([{ text: "whole", from }, { text: "headbody", from }]))
    const answer = await bob.stun.request({ address: "127.0.0.1", port: server.addresses.ports[0] })
    expect(answer.ok && answer.value.mappedAddress).toEqual(bobs)
    expect(heard).toHaveLength(2)
  })

  it("[LANU-70] sends to nobody, to nowhere and after its end without a word", async () => {
    const own = await socket()
    const reached: string[] = []
    own.onDatagram((datagram) => void reached.push(datagram.toString()))
    for (const to of [{ address: "127.0.0.1", port: 1 }, { address: "203.0.113.1", port: 0 }, { address: "::1", port: 9 }]) {
      own.transport.send(Buffer.from("lost"), to)
    }
    own.transport.send(Buffer.alloc(70_000), { address: "127.0.0.1", port: own.port })
    own.transport.send(Buffer.from("still there"), { address: "127.0.0.1", port: own.port })
    await vi.waitFor(() => expect(reached).toEqual(["still there"]))
    await own.close()
    closing.length = 0
    own.transport.send(Buffer.from("too late"), { address: "127.0.0.1", port: own.port })
  })

  it("[LANU-70] rejects a port that is taken", async () => {
    const other = createSocket("udp4")
    other.bind(0, "0.0.0.0")
    await once(other, "listening")
    closing.push(() => void other.close())
    await expect(openAgentSocket({ port: other.address().port })).rejects.toThrow("EADDRINUSE")
  })
})

describe("the addresses a PC offers", () => {
  const ipv4 = (address: string, internal = false): NetworkInterfaceInfo => ({
    address,
    internal,
    family: "IPv4",
    netmask: "255.255.255.0",
    mac: "00:00:00:00:00:00",
    cidr: `${address}/24`,
  })

  it("[LANU-71] neither loopback nor the party's own network nor IPv6, real interfaces first", () => {
    const interfaces = {
      lo: [ipv4("127.0.0.1", true)],
      docker0: [ipv4("172.17.0.1")],
      party0: [ipv4("10.66.0.7")],
      eth0: [ipv4("192.168.1.2"), { ...ipv4("2001:db8::1"), family: "IPv6" as const, scopeid: 0 }],
      wlan0: [ipv4("192.168.1.9")],
    }
    const addresses = hostCandidates(4500, interfaces).map(({ endpoint }) => endpoint.address)
    expect(addresses).toEqual(["192.168.1.2", "192.168.1.9", "172.17.0.1"])
    expect(hostCandidates(4500, interfaces)[0]).toEqual({ kind: "host", endpoint: { address: "192.168.1.2", port: 4500 } })
  })

  it("[LANU-71] at most 15, however many bridges there are, and each once", () => {
    const bridges = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`br-${i}`, [ipv4(`172.18.${i}.1`)]]))
    const offered = hostCandidates(1, { ...bridges, eth0: [ipv4("192.168.1.2")], eth1: [ipv4("192.168.1.2")] })
    expect(offered).toHaveLength(15)
    expect(offered[0]?.endpoint.address).toBe("192.168.1.2")
    expect(offered.filter(({ endpoint }) => endpoint.address === "192.168.1.2")).toHaveLength(1)
  })
})
