import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  addPeerRequest,
  answerLength,
  configureRequest,
  keepaliveRequest,
  movePeerRequest,
  readAnswer,
  readEndpoint,
  removePeerRequest,
} from "./uapi"

const keyBytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes))
const endpoints = fc.record({
  address: fc.oneof(fc.ipV4(), fc.constantFrom("::1", "2001:db8::7", "fe80::1")),
  port: fc.integer({ min: 1, max: 65_535 }),
})
const peer = {
  publicKey: Buffer.alloc(32, 0xab).toString("base64"),
  virtualIp: "10.66.0.7",
  endpoint: { address: "192.0.2.1", port: 4500 },
}

describe("WireGuard's text protocol", () => {
  it("[TUN-2] a new peer gets its one address, in place of all others", () => {
    expect(addPeerRequest(peer)).toBe(
      `set=1\npublic_key=${"ab".repeat(32)}\nendpoint=192.0.2.1:4500\nreplace_allowed_ips=true\nallowed_ip=10.66.0.7/32\n\n`,
    )
  })

  it("[TUN-3] moving, keeping alive and removing touch nothing else, and make no peer", () => {
    const publicKey = `public_key=${"ab".repeat(32)}`
    expect(movePeerRequest({ ...peer, endpoint: { address: "2001:db8::7", port: 1 } })).toBe(
      `set=1\n${publicKey}\nupdate_only=true\nendpoint=[2001:db8::7]:1\n\n`,
    )
    expect(keepaliveRequest(peer.publicKey, 20)).toBe(
      `set=1\n${publicKey}\nupdate_only=true\npersistent_keepalive_interval=20\n\n`,
    )
    expect(removePeerRequest(peer.publicKey)).toBe(`set=1\n${publicKey}\nremove=true\n\n`)
  })

  it("[TUN-3] a key that is not 32 bytes is a bug, not a line", () => {
    expect(() => removePeerRequest("")).toThrow("32 bytes")
    expect(() => removePeerRequest(Buffer.alloc(33).toString("base64"))).toThrow("32 bytes")
  })

  it("[TUN-1] the interface gets its key and any free port", () => {
    expect(configureRequest(Buffer.alloc(32, 1))).toBe(
      `set=1\nprivate_key=${"01".repeat(32)}\nlisten_port=0\nreplace_peers=true\n\n`,
    )
  })

  it("[TUN-3] reads what wireguard-go answers about two peers", () => {
    const answer = readAnswer(
      [
        `private_key=${"01".repeat(32)}`,
        "listen_port=51820",
        `public_key=${"ab".repeat(32)}`,
        `preshared_key=${"00".repeat(32)}`,
        "protocol_version=1",
        "endpoint=192.0.2.1:4500",
        "last_handshake_time_sec=1700000000",
        "last_handshake_time_nsec=123456789",
        "tx_bytes=92",
        "rx_bytes=180",
        "persistent_keepalive_interval=0",
        "allowed_ip=10.66.0.7/32",
        `public_key=${"cd".repeat(32)}`,
        "last_handshake_time_sec=0",
        "last_handshake_time_nsec=0",
        "tx_bytes=0",
        "rx_bytes=0",
        "errno=0",
        "",
        "",
      ].join("\n"),
    )
    expect(answer.errno).toBe(0)
    expect(answer.listenPort).toBe(51_820)
    expect([...answer.peers]).toEqual([
      [
        peer.publicKey,
        { lastHandshakeAtMs: 1_700_000_000_123, receivedBytes: 180, sentBytes: 92, endpoint: peer.endpoint },
      ],
      [
        Buffer.alloc(32, 0xcd).toString("base64"),
        { lastHandshakeAtMs: null, receivedBytes: 0, sentBytes: 0, endpoint: null },
      ],
    ])
  })

  it("[TUN-3] every peer that was written is read back with its numbers", () => {
    const peers = fc.uniqueArray(fc.record({ key: keyBytes, endpoint: endpoints, rx: fc.nat(), tx: fc.nat() }), {
      selector: ({ key }) => key.toString("hex"),
      maxLength: 5,
    })
    fc.assert(
      fc.property(peers, (written) => {
        const lines = written.flatMap(({ key, endpoint: { address, port }, rx, tx }) => [
          `public_key=${key.toString("hex")}`,
          `endpoint=${address.includes(":") ? `[${address}]` : address}:${port}`,
          `rx_bytes=${rx}`,
          `tx_bytes=${tx}`,
        ])
        const { peers: read, errno } = readAnswer(["listen_port=7", ...lines, "errno=0", "", ""].join("\n"))
        expect(errno).toBe(0)
        expect([...read]).toEqual(
          written.map(({ key, endpoint, rx, tx }) => [
            key.toString("base64"),
            { lastHandshakeAtMs: null, receivedBytes: rx, sentBytes: tx, endpoint },
          ]),
        )
      }),
    )
  })

  it("[TUN-3] reading never throws, and what has no errno has failed", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (!text.includes("errno")) expect(readAnswer(text).errno).toBe(-1)
        readEndpoint(text)
      }),
    )
    expect(readAnswer("listen_port=1\n\n").errno).toBe(-1)
  })

  it("[TUN-3] answers are cut at their empty lines, however they arrive", () => {
    expect(answerLength("errno=0\n")).toBeNull()
    expect(answerLength("errno=0\n\nerrno=1\n\n")).toBe(9)
    const answers = ["errno=0\n\n", "listen_port=1\nerrno=0\n\n", "errno=-22\n\n"]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...answers)), fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (sent, sizes) => {
        let rest = sent.join("")
        let buffer = ""
        const cut: string[] = []
        while (rest !== "") {
          const { value: size } = sizes.next()
          buffer += rest.slice(0, size)
          rest = rest.slice(size)
          for (let length = answerLength(buffer); length !== null; length = answerLength(buffer)) {
            cut.push(buffer.slice(0, length))
            buffer = buffer.slice(length)
          }
        }
        expect(cut).toEqual(sent)
      }),
    )
  })

  it("[TUN-3] an endpoint that cannot be one is none", () => {
    for (const text of ["(none)", "", "192.0.2.1", "192.0.2.1:0", "192.0.2.1:65536", "[fe80::1%eth0]:5", "name:5"]) {
      expect(readEndpoint(text)).toBeNull()
    }
  })
})
