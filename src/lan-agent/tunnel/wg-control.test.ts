import { describe, expect, it } from "vitest"
import { scriptedRun } from "./test-command"
import { readTraffic, watchedWg } from "./wg-control"

const one = "uBwT9aS3c5xHqnhm0qXWmkVYQ1S7jIk2r2n0S1V0p2M="
const two = "lfTRXEWxt8mZc8cjSvOWN3tqnTpWw4v2Eg3qF6WTklw="
const peer = { publicKey: one, virtualIp: "10.66.0.7", endpoint: { address: "192.0.2.1", port: 4500 } }

describe("WireGuard through `wg`", () => {
  it("[TUN-3] reads endpoints, handshakes and bytes, also with Windows' line ends", () => {
    const traffic = readTraffic({
      endpoints: `${one}\t192.0.2.1:4500\r\n${two}\t(none)\r\n`,
      handshakes: `${one}\t1700000000\r\n${two}\t0\r\n`,
      transfer: `${one}\t180\t92\r\n${two}\t0\t0\r\n`,
    })
    expect([...traffic]).toEqual([
      [one, { lastHandshakeAtMs: 1_700_000_000_000, receivedBytes: 180, sentBytes: 92, endpoint: peer.endpoint }],
      [two, { lastHandshakeAtMs: null, receivedBytes: 0, sentBytes: 0, endpoint: null }],
    ])
  })

  it("[TUN-2] [TUN-3] a peer gets its one address; moving it leaves that alone", async () => {
    const { run, calls } = scriptedRun({})
    const { control } = watchedWg({ run, program: "wg", interfaceName: "party0" })
    await control.addPeer(peer)
    await control.movePeer(peer)
    await control.setKeepalive(one, 25)
    await control.removePeer(one)
    expect(calls).toEqual([
      `wg set party0 peer ${one} endpoint 192.0.2.1:4500 allowed-ips 10.66.0.7/32`,
      `wg set party0 peer ${one} endpoint 192.0.2.1:4500`,
      `wg set party0 peer ${one} persistent-keepalive 25`,
      `wg set party0 peer ${one} remove`,
    ])
  })

  it("[TUN-5] an interface that has gone is told of, once asked for", async () => {
    const { run } = scriptedRun({
      "wg show": { exitCode: 1, stdout: "", stderr: "Unable to access interface: No such device\n" },
    })
    const { control, gone } = watchedWg({ run, program: "wg", interfaceName: "party0" })
    await expect(control.traffic()).rejects.toThrow("No such device")
    expect(await gone).toContain("No such device")
  })
})
