import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Endpoint } from "@/lan/protocol"
import { FakeFastPath, FakeTunnel } from "./test-tunnel"
import { PeerTunnel, type WantedPeer } from "./peer-tunnel"
import { SharedFastPath } from "./shared-fast-path"

const proxy: Endpoint = { address: "127.0.0.1", port: 5001 }
const near: Endpoint = { address: "192.168.1.2", port: 1 }
const far: Endpoint = { address: "203.0.113.2", port: 2 }
const wanted = (news: Partial<WantedPeer> = {}): WantedPeer => ({
  publicKey: "key",
  virtualIp: "10.66.0.2",
  proxy,
  direct: null,
  life: 1,
  isGreeting: false,
  ...news,
})

function parts() {
  const orders: string[] = []
  const tunnel = new FakeTunnel(orders)
  const fastPath = new FakeFastPath(orders)
  const told: (Endpoint | null)[] = []
  const peer: PeerTunnel = new PeerTunnel(tunnel, new SharedFastPath(fastPath), () => told.push(peer.handedOverTo))
  return { orders, tunnel, fastPath, peer, told }
}

describe("what WireGuard and the kernel know of a peer", () => {
  it("[LANU-72] the initiator greets when WireGuard has the peer, and stops when they have met", async () => {
    const { orders, peer } = parts()
    await peer.want(wanted({ isGreeting: true }))
    await peer.want(wanted())
    expect(orders).toEqual(["set key 127.0.0.1:5001", "keepalive key 25", "keepalive key 0"])
  })

  it("[LANU-75] the kernel is told before WireGuard is, and takes no more before WireGuard is told back", async () => {
    const { orders, peer } = parts()
    await peer.want(wanted())
    orders.length = 0
    await peer.want(wanted({ direct: near }))
    await peer.want(wanted())
    expect(orders).toEqual([
      "fast 192.168.1.2:1",
      "set key 192.168.1.2:1",
      "keepalive key 25",
      "slow 192.168.1.2:1",
      "set key 127.0.0.1:5001",
      "keepalive key 0",
    ])
  })

  it("[LANU-75] from one direct path to another the agent carries in between", async () => {
    const { orders, peer, fastPath } = parts()
    await peer.want(wanted({ direct: near }))
    orders.length = 0
    await peer.want(wanted({ direct: far }))
    expect(orders.slice(0, 2)).toEqual(["slow 192.168.1.2:1", "fast 203.0.113.2:2"])
    expect([...fastPath.direct]).toEqual(["203.0.113.2:2"])
    expect(peer.handedOverTo).toEqual(far)
  })

  it("[LANU-75] [LANU-77] a direct path that is back before the agent carries again is told as handed over", async () => {
    const { peer, told } = parts()
    await peer.want(wanted({ direct: near }))
    const back = peer.want(wanted())
    await Promise.all([back, peer.want(wanted({ direct: near }))])
    expect(peer.handedOverTo).toEqual(near)
    expect(told.slice(-2)).toEqual([null, near])
  })

  it("[LANU-55] [LANU-75] a peer removed while it is being handed over is gone in the end", async () => {
    const { peer, tunnel, fastPath } = parts()
    void peer.want(wanted({ direct: near }))
    await peer.want(null)
    expect([tunnel.endpoints.size, fastPath.direct.size, peer.knownLife]).toEqual([0, 0, null])
  })

  it("[LANU-75] a new life takes the key out and puts it in again", async () => {
    const { orders, peer } = parts()
    await peer.want(wanted({ direct: near }))
    orders.length = 0
    await peer.want(wanted({ life: 2, isGreeting: true }))
    expect(orders).toEqual(["remove key", "slow 192.168.1.2:1", "set key 127.0.0.1:5001", "keepalive key 25"])
  })

  it("[LANU-75] WireGuard that wandered off is called back", async () => {
    const { orders, peer } = parts()
    await peer.want(wanted({ direct: near }))
    orders.length = 0
    await peer.recall(near)
    expect(orders).toEqual([])
    await peer.recall(proxy)
    expect(orders).toEqual(["set key 192.168.1.2:1"])
  })

  it("[LANU-75] an order refused is told, and the next wish goes on from there", async () => {
    const { peer, fastPath, tunnel } = parts()
    fastPath.refuses = true
    await expect(peer.want(wanted({ direct: near }))).rejects.toThrow("no fast path")
    await peer.want(wanted())
    expect([tunnel.endpoints.get("key"), peer.handedOverTo]).toEqual([proxy, null])
  })

  it("[LANU-75] whatever is wanted in whatever rush, what was wanted last is there in the end", async () => {
    const wish = fc.option(fc.record({ direct: fc.constantFrom(null, near, far), life: fc.constantFrom(1, 2), isGreeting: fc.boolean(), waits: fc.boolean() }))
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 12 }), async (wishes) => {
        const { peer, tunnel, fastPath, told } = parts()
        let settled = Promise.resolve()
        for (const one of wishes) {
          settled = peer.want(one && wanted(one))
          if (one?.waits) await settled
        }
        await settled
        const last = wishes.at(-1)
        const endpoint = last ? (last.direct ?? proxy) : undefined
        expect(tunnel.endpoints.get("key")).toEqual(endpoint)
        expect([...fastPath.direct]).toEqual(last?.direct ? [`${last.direct.address}:${last.direct.port}`] : [])
        expect(peer.knownLife).toBe(last?.life ?? null)
        expect(told.at(-1) ?? null).toEqual(last?.direct ?? null)
        expect(tunnel.mostAtOnce).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe("a fast path that peers share", () => {
  it("[LANU-75] the kernel forgets an endpoint when the last peer there has left", async () => {
    const fastPath = new FakeFastPath([])
    const shared = new SharedFastPath(fastPath)
    await Promise.all([shared.add(near), shared.add(near), shared.remove(near)])
    expect([...fastPath.direct]).toEqual(["192.168.1.2:1"])
    await shared.remove(near)
    await shared.remove(near)
    expect([...fastPath.direct]).toEqual([])
  })
})
