import { describe, expect, it } from "vitest"
import { DeviceTunnel } from "./device-tunnel"
import type { TunnelDevice, WireGuardControl } from "./tunnel-driver"

const peer = { publicKey: "key", virtualIp: "10.66.0.7", endpoint: { address: "192.0.2.1", port: 4500 } }

async function fakeTunnel() {
  const calls: string[] = []
  let failNext = false
  const note = async (call: string) => {
    await Promise.resolve()
    if (failNext) {
      failNext = false
      throw new Error("WireGuard refused")
    }
    calls.push(call)
  }
  const control: WireGuardControl = {
    addPeer: ({ endpoint }) => note(`add ${endpoint.port}`),
    movePeer: ({ endpoint }) => note(`move ${endpoint.port}`),
    removePeer: () => note("remove"),
    setKeepalive: (_, seconds) => note(`keepalive ${seconds}`),
    traffic: async () => new Map(),
    listenPort: async () => 51_820,
    close: () => calls.push("control closed"),
  }
  const device: TunnelDevice = {
    carrier: "kernel",
    interfaceName: "party0",
    configure: () => Promise.reject(new Error("It is configured already.")),
    gone: new Promise(() => undefined),
    remove: () => note("device removed"),
  }
  const tunnel = await DeviceTunnel.on(device, control)
  return { tunnel, calls, failOnce: () => (failNext = true) }
}

function at(port: number) {
  return { ...peer, endpoint: { ...peer.endpoint, port } }
}

describe("a tunnel on a device", () => {
  it("[TUN-6] a peer is added once; later it is moved, and a packet sent at once", async () => {
    const { tunnel, calls } = await fakeTunnel()
    await tunnel.setPeer(at(1))
    await tunnel.setPeer(at(2))
    expect(calls).toEqual(["add 1", "move 2", "keepalive 0", "keepalive 25", "keepalive 0"])
  })

  it("[TUN-6] moving leaves the keepalives that were asked for", async () => {
    const { tunnel, calls } = await fakeTunnel()
    await tunnel.setPeer(at(1))
    await tunnel.setKeepalive(peer.publicKey, 15)
    await tunnel.setPeer(at(2))
    expect(calls).toEqual(["add 1", "keepalive 15", "move 2", "keepalive 0", "keepalive 15"])
  })

  it("[TUN-2] a peer with another address is set anew, and a removed one forgotten", async () => {
    const { tunnel, calls } = await fakeTunnel()
    await tunnel.setPeer(at(1))
    await tunnel.setPeer({ ...at(1), virtualIp: "10.66.0.8" })
    await tunnel.removePeer(peer.publicKey)
    await tunnel.setKeepalive(peer.publicKey, 15)
    await tunnel.setPeer(at(1))
    expect(calls).toEqual(["add 1", "add 1", "remove", "add 1"])
  })

  it("[TUN-2] an address that is more than an address is a bug of the caller", async () => {
    const { tunnel, calls } = await fakeTunnel()
    expect(() => tunnel.setPeer({ ...peer, virtualIp: "10.66.0.7/32\nallowed_ip=0.0.0.0" })).toThrow("IP addresses")
    expect(() => tunnel.setPeer({ ...peer, endpoint: { address: "name", port: 1 } })).toThrow("IP addresses")
    expect(calls).toEqual([])
  })

  it("[TUN-3] changes keep their order, and one that fails does not stop the next", async () => {
    const { tunnel, calls, failOnce } = await fakeTunnel()
    failOnce()
    const failing = tunnel.setPeer(at(1))
    const next = tunnel.setPeer(at(2))
    await expect(failing).rejects.toThrow("refused")
    await next
    expect(calls).toEqual(["add 2"])
  })

  it("[TUN-5] closing twice removes once, after what was asked before", async () => {
    const { tunnel, calls } = await fakeTunnel()
    void tunnel.setPeer(at(1))
    await Promise.all([tunnel.close(), tunnel.close()])
    expect(calls).toEqual(["add 1", "control closed", "device removed"])
  })
})
