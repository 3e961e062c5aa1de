import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { type Endpoint, frameKinds } from "@/lan/protocol"
import { type FrameSocketListener, type OpenFrameSocket, RelayLine } from "./relay-line"

const relay: Endpoint = { address: "198.51.100.1", port: 4000 }
const bind = Buffer.from([frameKinds.relayBind, 1])
const data = Buffer.from([frameKinds.relayData, 2])
const cookie = Buffer.from([frameKinds.relayCookie, 3])

function parts({ isUdpDoubted = false } = {}) {
  const byUdp: Buffer[] = []
  const bySocket: Buffer[] = []
  const sockets: (FrameSocketListener & { isClosed: boolean })[] = []
  const arrived: Buffer[] = []
  const state = { bufferedBytes: 0, lineChanges: 0 }
  const openSocket: OpenFrameSocket = (listener) => {
    const socket = { ...listener, isClosed: false }
    sockets.push(socket)
    return {
      send: (frame) => void bySocket.push(frame),
      bufferedBytes: () => state.bufferedBytes,
      close: () => {
        socket.isClosed = true
      },
    }
  }
  const line = new RelayLine({
    udp: { send: (frame) => void byUdp.push(frame), nowMs: () => Date.now() },
    place: { relay, openSocket },
    isUdpDoubted,
    frameArrived: (frame) => void arrived.push(frame),
    lineChanged: () => void (state.lineChanges += 1),
  })
  /** Asks as the relay client does: again and again. */
  const ask = async (forMs: number) => {
    for (let passedMs = 0; passedMs <= forMs; passedMs += 100) {
      line.send(bind, relay)
      await vi.advanceTimersByTimeAsync(100)
    }
  }
  return { byUdp, bySocket, sockets, arrived, state, line, ask }
}

describe("the way to the relay", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }))
  afterEach(() => void vi.useRealTimers())

  it("[LANU-76] is UDP while the relay answers, however long", async () => {
    const { line, sockets, byUdp } = parts()
    for (let i = 0; i < 20; i += 1) {
      line.send(bind, relay)
      await vi.advanceTimersByTimeAsync(400)
      expect(line.heardByUdp(cookie, relay)).toBe(false)
    }
    expect([sockets.length, byUdp.length, line.carrier]).toEqual([0, 20, "udp"])
  })

  it("[LANU-76] is a WebSocket when UDP was silent for 0.7 s, and sessions are bound anew there", async () => {
    const { line, sockets, bySocket, state, arrived, ask } = parts()
    await ask(500)
    expect(sockets).toHaveLength(0)
    await ask(300)
    expect(sockets).toHaveLength(1)
    expect([line.carrier, state.lineChanges]).toEqual(["udp", 0])
    sockets[0]?.opened()
    expect([line.carrier, state.lineChanges]).toEqual(["websocket", 1])
    line.sendFramed(Buffer.from([frameKinds.relayData]), Buffer.from("x"), relay)
    expect(bySocket).toEqual([Buffer.from([frameKinds.relayData, 0x78])])
    sockets[0]?.frameArrived(data)
    expect(arrived).toEqual([data])
  })

  it("[LANU-76] is a WebSocket at once where STUN was not answered either, until the PC is elsewhere", async () => {
    const { line, sockets, ask } = parts({ isUdpDoubted: true })
    line.send(bind, relay)
    expect(sockets).toHaveLength(1)
    sockets[0]?.opened()
    line.networkChanged()
    await ask(500)
    expect(sockets).toHaveLength(1)
  })

  it("[LANU-76] leads to where the relay is by now", async () => {
    const { line, sockets, arrived, ask } = parts()
    await ask(800)
    sockets[0]?.opened()
    const elsewhere = { address: "198.51.100.2", port: 4001 }
    line.moveTo({ relay: elsewhere, openSocket: null })
    sockets[0]?.frameArrived(data)
    expect([line.carrier, sockets[0]?.isClosed, arrived]).toEqual(["udp", true, []])
    await ask(2_000)
    expect(sockets).toHaveLength(1)
    expect([line.heardByUdp(cookie, relay), line.heardByUdp(cookie, elsewhere)]).toEqual([false, false])
  })

  it("[LANU-76] drops what does not fit into a full WebSocket", async () => {
    const { line, sockets, bySocket, state, ask } = parts()
    await ask(800)
    sockets[0]?.opened()
    state.bufferedBytes = 2 * 1024 * 1024
    line.send(data, relay)
    expect(bySocket).toEqual([])
  })

  it("[LANU-76] a WebSocket that closes is opened again after 1 s, 2 s … 30 s at most", async () => {
    const { sockets, ask } = parts()
    await ask(800)
    const openedAtMs: number[] = []
    for (let i = 0; i < 8; i += 1) {
      const before = sockets.length
      const fromMs = Date.now()
      sockets.at(-1)?.closed()
      while (sockets.length === before) await vi.advanceTimersByTimeAsync(100)
      openedAtMs.push(Date.now() - fromMs)
    }
    expect(openedAtMs).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  })

  it("[LANU-76] goes back when the relay answers by UDP, whose cookie is for nobody", async () => {
    const { line, sockets, state, byUdp, ask } = parts()
    await ask(800)
    sockets[0]?.opened()
    byUdp.length = 0
    line.send(data, relay)
    expect(byUdp).toEqual([])
    line.send(bind, relay)
    expect(byUdp).toEqual([bind])
    expect(line.heardByUdp(cookie, { ...relay, port: 1 })).toBe(false)
    expect(line.carrier).toBe("websocket")
    expect(line.heardByUdp(cookie, relay)).toBe(true)
    expect([line.carrier, state.lineChanges, sockets[0]?.isClosed]).toEqual(["udp", 2, true])
  })

  it("[LANU-76] goes back when the PC is elsewhere, and nothing of the old WebSocket counts", async () => {
    const { line, sockets, arrived, state, ask } = parts()
    await ask(800)
    sockets[0]?.opened()
    line.networkChanged()
    sockets[0]?.frameArrived(data)
    sockets[0]?.closed()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([line.carrier, arrived, sockets.length, state.lineChanges]).toEqual(["udp", [], 1, 2])
  })

  it("[LANU-76] closes what it opened, and leaves no timer", async () => {
    const { line, sockets, ask } = parts()
    await ask(800)
    sockets[0]?.closed()
    line.close()
    await ask(2_000)
    expect([sockets.length, vi.getTimerCount()]).toEqual([1, 0])
  })
})
