import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { RelayTicketInfo } from "@/lan/relay-tickets"
import type { DataDoor, DataPeer } from "./agent-doors"
import { PeerRoll } from "./peer-roll"
import { ownId, peerInfoOf } from "./test-world"

const bo = "000000000000000b"
const cy = "000000000000000c"
const ticketFor = (peer_id: string): RelayTicketInfo => ({ peer_id, self_index: 1, peer_index: 2, ticket: "dGlja2V0", key: "a2V5", expires_at: "2026-11-21T21:00:00.000Z" })

/** A data path that takes its time for everything. */
function slowly() {
  const log: string[] = []
  const keys = new Map<string, DataPeer>()
  const failures: unknown[] = []
  const tickets: unknown[] = []
  let nowMs = 0
  const soon = () => new Promise<void>((resolve) => setImmediate(resolve))
  const data: DataDoor = {
    async addPeer(peer) {
      // Slower than a removal, which must not overtake it.
      for (let turn = 0; turn < 4; turn += 1) await soon()
      log.push(`add ${peer.peerId}`)
      keys.set(peer.peerId, peer)
    },
    async updatePeer(peerId, news) {
      await soon()
      log.push(`update ${peerId} ${Object.keys(news).join(" ")}`)
      if (news.relayTicket) tickets.push(news.relayTicket)
    },
    async removePeer(peerId) {
      await soon()
      log.push(`remove ${peerId}`)
      keys.delete(peerId)
    },
    signalArrived: () => undefined,
    moveRelay: () => undefined,
    peers: () => [],
    close: () => undefined,
  }
  const roll = new PeerRoll(data, ownId, () => nowMs, (error) => failures.push(error))
  return { roll, log, keys, failures, tickets, data, pass: (ms: number) => (nowMs += ms) }
}

describe("who is in", () => {
  it("[LANA-42] whoever is removed while being added is out in the end, whatever comes in what order", async () => {
    const ids = [bo, cy, "000000000000000d"]
    const deeds = fc.array(fc.record({ id: fc.constantFrom(...ids), deed: fc.constantFrom("put", "hear", "remove", "set", "anew") }), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        const { roll, keys, failures } = slowly()
        let run = 0
        for (const { id, deed } of all) {
          run += 1
          if (deed === "put") roll.put(peerInfoOf(id))
          if (deed === "hear") roll.hear(peerInfoOf(id))
          if (deed === "anew") roll.put(peerInfoOf(id, { probe_nonce: run.toString(16).padStart(32, "0") }))
          if (deed === "remove") void roll.remove([id])
          if (deed === "set") roll.set([peerInfoOf(id)])
        }
        await roll.settled()
        expect([...keys.keys()].sort()).toEqual(roll.infos().map((info) => info.id).sort())
        for (const info of roll.infos()) expect(keys.get(info.id)?.nonce).toBe(info.probe_nonce)
        expect(failures).toEqual([])
      }),
    )
  })

  it("[LANA-42] whoever is out before the addition begins is not added at all", async () => {
    const { roll, log } = slowly()
    roll.put(peerInfoOf(bo))
    await roll.remove([bo])
    expect(log).toEqual([`remove ${bo}`])
  })

  it("tries a peer only once it has said its nonce, and then at once", async () => {
    const { roll, log } = slowly()
    roll.put(peerInfoOf(bo, { probe_nonce: null }))
    await roll.settled()
    expect(log).toEqual([])
    roll.put(peerInfoOf(bo))
    await roll.settled()
    expect(log).toEqual([`add ${bo}`])
  })

  it("[LANA-40] what everybody may know takes nothing from what only this PC knows", async () => {
    const { roll, log } = slowly()
    const inside = [{ kind: "host" as const, endpoint: { address: "192.168.1.9", port: 9 } }]
    roll.put(peerInfoOf(bo, { candidates: inside }))
    roll.hear(peerInfoOf(bo, { name: "Bob" }))
    await roll.settled()
    expect([log, roll.infos()[0]?.candidates, roll.infos()[0]?.name]).toEqual([[`add ${bo}`], inside, "Bob"])
  })

  it("[LANA-24] passes a ticket on when there is none, and the next one half an hour later", async () => {
    const { roll, tickets, pass } = slowly()
    roll.put(peerInfoOf(bo))
    expect(roll.needsTickets()).toBe(true)
    roll.takeTickets([ticketFor(bo), ticketFor("0000000000000001")])
    roll.takeTickets([ticketFor(bo)])
    await roll.settled()
    expect([tickets, roll.needsTickets()]).toEqual([[{ ticket: Buffer.from("ticket"), key: Buffer.from("key") }], false])
    pass(31 * 60_000)
    expect(roll.needsTickets()).toBe(true)
    roll.takeTickets([ticketFor(bo)])
    await roll.settled()
    expect(tickets).toHaveLength(2)
  })

  it("says what two routers allow as soon as both are known", async () => {
    const { roll, log, keys } = slowly()
    roll.put(peerInfoOf(bo, { nat_type: "symmetric" }))
    await roll.settled()
    expect(keys.get(bo)?.expected).toBe("uncertain")
    roll.learnOwnNat("symmetric")
    roll.learnOwnNat("symmetric")
    roll.put(peerInfoOf(bo, { nat_type: "full_cone" }))
    await roll.settled()
    expect(log).toEqual([`add ${bo}`, `update ${bo} expected`, `update ${bo} expected`])
  })

  it("one peer that cannot be added is told, and is in nobody's way", async () => {
    const { roll, log, failures, data } = slowly()
    const add = data.addPeer
    data.addPeer = (peer) => (peer.peerId === bo ? Promise.reject(new Error("weak key")) : add(peer))
    roll.set([peerInfoOf(bo), peerInfoOf(cy)])
    await roll.settled()
    await roll.remove([bo])
    expect([log, failures.length]).toEqual([[`add ${cy}`, `remove ${bo}`], 1])
  })
})
