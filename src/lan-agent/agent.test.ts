import { describe, expect, it } from "vitest"
import { LanAgent, type AgentOrder } from "./agent"
import { lineHashOf } from "./identity-file"
import { ownId, peerInfoOf, settle, testWorld } from "./test-world"

const bo = "000000000000000b"
const cy = "000000000000000c"
const line = "A".repeat(26)

function start(world = testWorld(), more: Partial<AgentOrder> = {}) {
  const order: AgentOrder = { party: "http://party.test:3000", invitation: line, password: async () => null, games: [], ...more }
  const agent = new LanAgent(world.doors, order, (news) => world.told.push(news))
  const end = agent.run()
  return { ...world, agent, end }
}

async function joined(world = testWorld(), more: Partial<AgentOrder> = {}) {
  const night = start(world, more)
  await settle()
  night.live.hear({ type: "line", isUp: true })
  await settle()
  return night
}

describe("coming in", () => {
  it("[LANA-20] redeems the line with candidates and nonce, gets the interface its address, and links everybody", async () => {
    const world = testWorld()
    world.party.peers = [peerInfoOf(bo)]
    const { party, tunnels, told, agent, carrying, live } = await joined(world, { name: "Ann" })
    const candidates = [
      { kind: "server_reflexive", endpoint: { address: "203.0.113.7", port: 40_000 } },
      { kind: "host", endpoint: { address: "192.168.1.7", port: 40_000 } },
    ]
    expect(party.joins).toEqual([
      { invitation: line, name: "Ann", password: undefined, whereabouts: { endpoint: { address: "203.0.113.7", port: 40_000 }, candidates, probe_nonce: "f".repeat(32) } },
    ])
    expect(tunnels.map(({ virtualIp }) => virtualIp)).toEqual(["10.66.0.10"])
    expect([...carrying().keys.keys()]).toEqual([bo])
    expect(live.follows.map(({ channels }) => channels)).toEqual([{ network: "network 0", peer: "peer" }])
    expect(told.map(({ type }) => type)).toEqual(["party_found", "address", "state", "peers", "ready"])
    expect(agent.status()).toMatchObject({ state: "connected", virtualIp: "10.66.0.10", networkName: "Friday", carrier: "wireguard-go" })
  })

  it("[LANA-10] keeps key and token before the interface is made, for the line is used by then", async () => {
    const world = testWorld()
    world.state.refuseTunnel = { code: "no_tun" }
    const { end, state } = start(world)
    expect(await end).toEqual({ kind: "failed", refusal: { code: "no_tun" } })
    expect(state.identity).toMatchObject({ privateKey: Buffer.alloc(32, 1).toString("base64"), membership: { token: "token 1", lineHash: lineHashOf(line) } })
    expect(state.openSockets).toBe(0)
  })

  it("[LANA-13] the same line brings it back with its key; the line itself is not used again", async () => {
    const world = testWorld()
    world.state.refuseTunnel = { code: "no_tun" }
    await start(world).end
    world.state.refuseTunnel = null
    const { party, state, told } = await joined(world)
    expect(party.count("join")).toBe(1)
    expect(party.count("comeBack")).toBe(1)
    expect(state.keys).toBe(1)
    expect(told.find((news) => news.type === "address")).toMatchObject({ isReturn: true })
  })

  it("[LANA-13] back again, it says under which nonce it is to be found now", async () => {
    const world = testWorld()
    const former = await joined(world)
    former.agent.stop()
    await former.end
    await joined(world)
    expect(world.party.returns).toEqual([expect.objectContaining({ probe_nonce: "f".repeat(32) })])
  })

  it("[LANA-13] another line of a guest leaves the former membership and brings a fresh key; the host's PC comes back instead", async () => {
    const world = testWorld()
    const former = await joined(world)
    former.agent.stop()
    await former.end
    const next = await joined(world, { invitation: "B".repeat(26) })
    next.agent.stop()
    await next.end
    expect([world.party.count("leave"), world.party.count("join"), world.state.keys]).toEqual([1, 2, 2])
    await settle()
    world.state.identity = { ...world.state.identity!, membership: { ...world.state.identity!.membership, isHost: true } }
    world.party.isHost = true
    await joined(world, { invitation: "C".repeat(26) })
    expect([world.party.count("leave"), world.party.count("join"), world.party.count("comeBack")]).toEqual([1, 2, 1])
  })

  it("[LANA-22] asks for the password when the party wants one, and for a wrong one again", async () => {
    const world = testWorld()
    world.party.password = "right"
    const words = ["wrong", "right"]
    const { party, agent } = await joined(world, { password: async () => words.shift() ?? null })
    expect(party.joins.map(({ password }) => password)).toEqual([undefined, "wrong", "right"])
    expect(party.count("challenge")).toBe(3)
    expect(agent.status().state).toBe("connected")
  })

  it("[LANA-22] gives up without anybody to ask, and leaves nothing behind", async () => {
    const world = testWorld()
    world.party.password = "right"
    const { end, state } = start(world)
    expect(await end).toMatchObject({ kind: "failed", refusal: { code: "lan_password_needed" } })
    expect([state.openSockets, state.cancelled, state.identity]).toEqual([0, 1, null])
  })

  it("[LANA-23] tells what the router does with a heartbeat at once", async () => {
    const { party, clock } = await joined()
    await clock.pass(1)
    expect(party.beats).toEqual([{ nat: { mapping: "endpoint_independent", filtering: "address_and_port_dependent" } }])
  })

  it("[LANA-50] told to go while it is coming, it leaves as soon as it is in", async () => {
    let release = () => {}
    const world = testWorld()
    world.party.holds = { join: new Promise((resolve) => (release = resolve)) }
    const night = start(world)
    await settle()
    night.agent.leave()
    release()
    expect(await night.end).toEqual({ kind: "left" })
    expect(night.party.count("leave")).toBe(1)
    expect(night.tunnels.every(({ isClosed }) => isClosed)).toBe(true)
    expect([night.state.openSockets, night.state.identity]).toEqual([0, null])
  })
})

describe("the others", () => {
  it("[LANA-40] links who comes at once, then asks for what only this PC may know, and for a ticket", async () => {
    const { party, live, carrying } = await joined()
    const inside = [{ kind: "host" as const, endpoint: { address: "192.168.1.9", port: 9 } }]
    party.peers = [peerInfoOf(bo, { candidates: inside })]
    live.hear({ type: "peer_joined", peer: peerInfoOf(bo) })
    expect([...carrying().keys.keys()]).toEqual([])
    await settle()
    expect(carrying().log).toEqual([`add ${bo} ${"0".repeat(31)}b`, `update ${bo} candidates`, `update ${bo} relayTicket`])
  })

  it("[LANA-42] takes who left out at once, and a late answer brings nobody back", async () => {
    const world = testWorld()
    world.party.peers = [peerInfoOf(bo), peerInfoOf(cy)]
    const { party, live, carrying } = await joined(world)
    let release = () => {}
    party.holdPeers = new Promise((resolve) => (release = resolve))
    live.hear({ type: "missed" })
    await settle()
    live.hear({ type: "peers_left", peerIds: [bo], reason: "KICKED", epoch: 1 })
    await settle()
    expect([...carrying().keys.keys()]).toEqual([cy])
    party.holdPeers = null
    party.peers = [peerInfoOf(cy)]
    release()
    await settle()
    expect([...carrying().keys.keys()]).toEqual([cy])
    expect(carrying().log.filter((entry) => entry.startsWith(`add ${bo}`))).toHaveLength(1)
  })

  it("[LANA-41] listens where the network speaks after a kick", async () => {
    const world = testWorld()
    world.party.peers = [peerInfoOf(bo)]
    const { party, live } = await joined(world)
    party.epoch = 1
    party.peers = []
    live.hear({ type: "peers_left", peerIds: [bo], reason: "KICKED", epoch: 1 })
    await settle()
    expect(live.follows.map(({ channels }) => channels.network)).toEqual(["network 0", "network 1"])
  })

  it("[LANA-40] a heartbeat shows who was never announced, and who went unannounced", async () => {
    const world = testWorld()
    world.party.peers = [peerInfoOf(bo)]
    const { party, clock, carrying } = await joined(world)
    party.peers = [peerInfoOf(cy)]
    await clock.pass(25_100)
    expect([...carrying().keys.keys()]).toEqual([cy])
  })

  it("[LANA-40] links a PC anew whose agent began anew", async () => {
    const world = testWorld()
    world.party.peers = [peerInfoOf(bo)]
    const { party, live, carrying } = await joined(world)
    const anew = peerInfoOf(bo, { probe_nonce: "1".repeat(32) })
    party.peers = [anew]
    live.hear({ type: "peer_changed", peer: anew })
    await settle()
    expect(carrying().keys.get(bo)?.nonce).toBe("1".repeat(32))
  })

  it("[LANA-41] without push it asks every 2 s", async () => {
    const { party, clock, live } = await joined()
    await clock.pass(1_000)
    const before = party.beats.length
    live.hear({ type: "line", isUp: false })
    await clock.pass(20_500)
    expect(party.beats.length - before).toBe(10)
  })

  it("[LANA-43] tells another kind of path at once, and what follows within 2 s together", async () => {
    const world = testWorld()
    world.party.peers = [peerInfoOf(bo), peerInfoOf(cy)]
    const { party, clock, carrying } = await joined(world)
    await clock.pass(4_000)
    const before = party.beats.length
    carrying().becomes(bo, "relayed", 30)
    await clock.pass(1)
    carrying().becomes(bo, "direct", 12)
    carrying().becomes(cy, "direct", 15)
    await clock.pass(1_900)
    expect(party.beats.slice(before)).toEqual([{ links: [{ peer_id: bo, connection_type: "relayed", latency_ms: 30 }] }])
    await clock.pass(200)
    expect(party.beats.slice(before + 1)).toEqual([
      { links: [{ peer_id: bo, connection_type: "direct", latency_ms: 12 }, { peer_id: cy, connection_type: "direct", latency_ms: 15 }] },
    ])
    carrying().becomes(bo, "direct", 14)
    await clock.pass(10_000)
    expect(party.beats.length).toBe(before + 2)
  })

  it("[LANA-44] [LANA-45] sends an offer where no path was found, every 30 s at most, with a number that grows", async () => {
    const world = testWorld()
    world.party.peers = [peerInfoOf(bo)]
    const { party, clock, carrying, state } = await joined(world)
    carrying().becomes(bo, "failed")
    await clock.pass(29_000)
    expect(party.signals.map(({ to, sequence, body }) => [to, sequence, body.kind])).toEqual([[bo, 1, "offer"]])
    await clock.pass(2_000)
    expect(party.signals.map(({ sequence }) => sequence)).toEqual([1, 2])
    expect(state.identity?.membership.signalSequence).toBeGreaterThanOrEqual(2)
  })
})

describe("the night", () => {
  it("[LANA-32] a party that is away changes nothing for the paths, and is asked again more and more seldom", async () => {
    const world = testWorld()
    world.party.peers = [peerInfoOf(bo)]
    const { party, clock, carrying, states, agent, told } = await joined(world)
    await clock.pass(1_000)
    party.isAway = true
    const before = party.count("heartbeat")
    await clock.pass(25_000)
    expect(agent.status().state).toBe("degraded")
    await clock.pass(60_000)
    const tries = party.count("heartbeat") - before
    expect(tries).toBeGreaterThanOrEqual(6)
    expect(tries).toBeLessThanOrEqual(8)
    expect([...carrying().keys.keys()]).toEqual([bo])
    expect(carrying().isClosed).toBe(false)
    expect(told.filter(({ type }) => type === "warning")).toEqual([])
    party.isAway = false
    await clock.pass(25_000)
    expect(states()).toEqual(["connected", "degraded", "connected"])
  })

  it("[LANA-25] renews the token from half of its life on, and the next request uses the new one", async () => {
    const { party, clock, state, live } = await joined()
    await clock.pass(11 * 3_600_000)
    expect(party.count("renew")).toBe(0)
    party.refusals.renew = { code: "party_busy" }
    await clock.pass(3_600_000 + 26_000)
    expect(party.count("renew")).toBeGreaterThan(0)
    delete party.refusals.renew
    const tried = party.count("renew")
    await clock.pass(30_000)
    expect(party.count("renew")).toBe(tried + 1)
    expect([state.identity?.membership.token, party.credentials()?.token, live.token()]).toEqual(["token 2", "token 2", "token 2"])
    await clock.pass(60_000)
    expect(party.count("renew")).toBe(tried + 1)
  })

  it("[LANA-25] renews in time also on a PC whose clock is a day behind", async () => {
    const { party, clock } = await joined()
    party.aheadMs = 86_400_000
    party.tokenExpiresAt = new Date(clock.nowMs() + 86_400_000 + 3_600_000).toISOString()
    await clock.pass(25_000)
    expect(party.count("renew")).toBe(1)
  })

  it("[LANA-24] fetches tickets again before an hour is over", async () => {
    const world = testWorld()
    world.party.peers = [peerInfoOf(bo)]
    const { clock, carrying } = await joined(world)
    const tickets = () => carrying().log.filter((entry) => entry === `update ${bo} relayTicket`).length
    const before = tickets()
    await clock.pass(45 * 60_000)
    expect(tickets()).toBe(before + 1)
  })

  it("[LANA-26] taken out for silence it comes back; with another address the interface is made anew", async () => {
    const world = testWorld()
    world.party.peers = [peerInfoOf(bo)]
    const { party, clock, tunnels, carrying, data, state, agent } = await joined(world)
    await clock.pass(1_000)
    party.refusals.heartbeat = { code: "lan_silent" }
    party.virtualIp = "10.66.0.11"
    await clock.pass(25_000)
    delete party.refusals.heartbeat
    await clock.pass(1_000)
    expect(party.count("comeBack")).toBeGreaterThan(0)
    expect(tunnels.map(({ virtualIp, isClosed }) => [virtualIp, isClosed])).toEqual([["10.66.0.10", true], ["10.66.0.11", false]])
    expect([...carrying().keys.keys()]).toEqual([bo])
    expect([data[0]?.isClosed, state.openSockets, state.identity?.membership.virtualIp]).toEqual([true, 1, "10.66.0.11"])
    expect(agent.status()).toMatchObject({ state: "connected", virtualIp: "10.66.0.11" })
  })

  it("[LANA-26] [LANA-41] comes back with another address and hears the network where it speaks by then", async () => {
    const { party, clock, tunnels, live } = await joined()
    await clock.pass(1_000)
    party.refusals.heartbeat = { code: "lan_silent" }
    party.virtualIp = "10.66.0.11"
    party.epoch = 1
    await clock.pass(25_000)
    delete party.refusals.heartbeat
    await clock.pass(30_000)
    expect(tunnels.map(({ virtualIp }) => virtualIp)).toEqual(["10.66.0.10", "10.66.0.11"])
    expect(live.follows.map(({ channels }) => channels.network)).toEqual(["network 0", "network 1"])
  })

  it("[LANA-33] makes an interface again that has gone", async () => {
    const world = testWorld()
    world.party.peers = [peerInfoOf(bo)]
    const { tunnels, clock, states, agent, carrying } = await joined(world)
    tunnels[0]?.breakDown("wireguard-go ended")
    await clock.pass(1_000)
    expect(tunnels).toHaveLength(2)
    expect(states()).toEqual(["connected", "degraded", "connected"])
    expect([...carrying().keys.keys()]).toEqual([bo])
    expect(agent.status().virtualIp).toBe("10.66.0.10")
  })

  it("[LANA-27] tells the party at once where it is now, and hears it by a new line", async () => {
    const { party, clock, carrying, live } = await joined()
    await clock.pass(1_000)
    const before = party.beats.length
    const candidates = [{ kind: "server_reflexive" as const, endpoint: { address: "203.0.113.99", port: 5 } }]
    carrying().order.candidatesChanged(candidates)
    await clock.pass(1)
    expect(party.beats[before]).toEqual({ candidates, endpoint: { address: "203.0.113.99", port: 5 } })
    expect(live.renewed).toBe(1)
  })

  it("[LANA-32] what could not be said while the party was away is said when it is back", async () => {
    const { party, clock, carrying } = await joined()
    await clock.pass(1_000)
    party.isAway = true
    const candidates = [{ kind: "host" as const, endpoint: { address: "192.168.9.9", port: 5 } }]
    carrying().order.candidatesChanged(candidates)
    await clock.pass(500)
    party.isAway = false
    await clock.pass(2_000)
    expect(party.beats[party.beats.length - 1]).toMatchObject({ candidates })
  })
})

describe("going", () => {
  it("[LANA-50] leaving takes everybody's key out, then the interface, then tells the party, and forgets the key", async () => {
    const world = testWorld()
    world.party.peers = [peerInfoOf(bo)]
    const { agent, end, carrying, tunnels, party, state, live, told } = await joined(world, { games: ["blur"] })
    const data = carrying()
    agent.leave()
    expect(await end).toEqual({ kind: "left" })
    expect([data.keys.size, data.isClosed, tunnels[0]?.isClosed, live.isClosed, state.openSockets, state.identity]).toEqual([0, true, true, true, 0, null])
    expect(world.discoveries).toEqual([{ games: ["blur"], isClosed: true }])
    expect(party.count("leave")).toBe(1)
    expect(told[told.length - 1]).toEqual({ type: "end", end: { kind: "left" } })
    expect(agent.status().state).toBe("ended")
  })

  it("[LANA-50] does not wait longer than 3 s for a party that says nothing", async () => {
    const { party, agent, end, clock, told } = await joined()
    party.isSilentToLeave = true
    agent.leave()
    await clock.pass(2_900)
    expect([party.count("leave"), told.some(({ type }) => type === "end")]).toEqual([1, false])
    await clock.pass(200)
    expect(await end).toEqual({ kind: "left" })
  })

  it("[LANA-51] stopped, it keeps its key and does not leave", async () => {
    const { agent, end, party, state, tunnels } = await joined()
    agent.stop()
    expect(await end).toEqual({ kind: "stopped" })
    expect([party.count("leave"), state.identity === null, tunnels[0]?.isClosed]).toEqual([0, false, true])
  })

  it.each([
    ["by push", async (night: Awaited<ReturnType<typeof joined>>) => night.live.hear({ type: "kicked" })],
    [
      "by a refused heartbeat",
      async (night: Awaited<ReturnType<typeof joined>>) => {
        night.party.refusals.heartbeat = { code: "lan_kicked" }
        await night.clock.pass(26_000)
      },
    ],
  ])("[LANA-52] kicked %s, it drops everybody's key and the interface, and deletes its own", async (_how, kick) => {
    const world = testWorld()
    world.party.peers = [peerInfoOf(bo)]
    const night = await joined(world)
    const data = night.carrying()
    await kick(night)
    expect(await night.end).toEqual({ kind: "kicked" })
    expect([data.keys.size, data.isClosed, night.tunnels[0]?.isClosed, night.state.identity, night.state.openSockets]).toEqual([0, true, true, null, 0])
    expect(night.party.count("leave")).toBe(0)
  })

  it("[LANA-31] the network's end ends it, in its own words", async () => {
    const { live, end, tunnels } = await joined()
    live.hear({ type: "network_ended", reason: "HOST_LEFT" })
    expect(await end).toEqual({ kind: "network_ended", reason: "HOST_LEFT" })
    expect(tunnels[0]?.isClosed).toBe(true)
  })

  it("[LANA-31] a token that is worth nothing ends it as failed", async () => {
    const night = await joined()
    night.party.refusals.heartbeat = { code: "lan_token_expired" }
    await night.clock.pass(26_000)
    expect(await night.end).toEqual({ kind: "failed", refusal: { code: "lan_token_expired" } })
    expect(night.state.identity).toBeNull()
  })

  it("[LANA-53] what breaks while it comes in or stays takes everything down, and the key stays for the same line", async () => {
    const world = testWorld()
    const openData = world.doors.openData
    Object.assign(world.doors, { openData: () => Promise.reject(new Error("no file left")) })
    expect(await start(world).end).toEqual({ kind: "failed", refusal: { code: "accident", detail: { why: "no file left" } } })
    expect([world.tunnels[0]?.isClosed, world.state.openSockets, world.state.identity === null]).toEqual([true, 0, false])
    Object.assign(world.doors, { openData })
    const { agent, end, carrying } = await joined(world)
    agent.break(new Error("of another kind"))
    expect(await end).toMatchObject({ kind: "failed", refusal: { code: "accident" } })
    expect([world.tunnels[1]?.isClosed, carrying().isClosed, world.state.openSockets, world.state.identity === null, world.party.count("leave")]).toEqual([true, true, 0, false, 0])
  })

  it("hears nothing of itself as of another", async () => {
    const { live, carrying } = await joined()
    live.hear({ type: "peer_changed", peer: peerInfoOf(ownId) })
    await settle()
    expect(carrying().keys.size).toBe(0)
  })
})

describe("two things at once", () => {
  /** Something that is held back until it is released. */
  function gate() {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    return { held, release }
  }

  it("[LANA-50] told to go before the line is redeemed, it does not redeem it", async () => {
    const night = start()
    night.agent.leave()
    expect(await night.end).toEqual({ kind: "left" })
    expect([night.party.joins, night.party.count("leave"), night.state.openSockets, night.state.cancelled]).toEqual([[], 0, 0, 1])
  })

  it("[LANA-53] a state that cannot be written while it comes in leaves neither socket nor interface", async () => {
    const world = testWorld()
    world.doors.identity.write = async () => Promise.reject(new Error("ENOSPC"))
    const { end, state } = start(world)
    expect(await end).toMatchObject({ kind: "failed", refusal: { code: "accident" } })
    expect([state.openSockets, state.cancelled]).toEqual([0, 1])
  })

  it("[LANA-50] told to go while the interface is made again, it takes the new one down too, and only then tells the party", async () => {
    const { held, release } = gate()
    const world = testWorld()
    const { openData } = world.doors
    const { agent, end, tunnels, data, state, party } = await joined(world)
    world.doors.openData = async (order) => {
      await held
      return openData(order)
    }
    tunnels[0]?.breakDown("gone")
    await settle()
    agent.leave()
    await settle()
    expect(party.count("leave")).toBe(0)
    release()
    await end
    expect([tunnels.length, data.length, state.openSockets]).toEqual([2, 2, 0])
    expect([tunnels[1]?.isClosed, data[1]?.isClosed, party.count("leave"), state.identity]).toEqual([true, true, 1, null])
  })

  it("[LANA-26] [LANA-33] taken out while its interface goes, it ends with one interface under the new address", async () => {
    const { held, release } = gate()
    const { party, clock, tunnels, agent, state } = await joined()
    party.refusals = { heartbeat: { code: "lan_silent" } }
    party.holds = { comeBack: held }
    await clock.pass(25_000)
    tunnels[0]?.breakDown("gone")
    await settle()
    party.virtualIp = "10.66.0.44"
    party.refusals = {}
    release()
    await settle()
    expect(tunnels.filter(({ isClosed }) => !isClosed).map(({ virtualIp }) => virtualIp)).toEqual(["10.66.0.44"])
    expect([agent.status().virtualIp, state.openSockets]).toEqual(["10.66.0.44", 1])
  })

  it("[LANA-50] a token that comes while it leaves is not kept", async () => {
    const { held, release } = gate()
    const { party, clock, agent, end, state } = await joined()
    party.holds = { renew: held }
    await clock.pass(12 * 3_600_000 + 60_000)
    expect(party.count("renew")).toBe(1)
    agent.leave()
    await end
    release()
    await settle()
    expect(state.identity).toBeNull()
  })

  it("[LANA-45] what is kept is written in the order in which it came to be", async () => {
    const { held, release } = gate()
    const world = testWorld()
    const { party, clock, live, carrying, state } = await joined(world)
    const { write } = world.doors.identity
    const order: number[] = []
    world.doors.identity.write = async (identity) => {
      if (order.push(identity.membership.signalSequence) === 1) await held
      await write(identity)
    }
    party.tokenExpiresAt = new Date(clock.nowMs() + 3_600_000).toISOString()
    await clock.pass(25_000)
    carrying().order.sendSignal(bo, { kind: "punch", in_ms: 1_000, attempt: 0 })
    live.hear({ type: "missed" })
    await settle()
    release()
    await settle()
    expect([order.length, state.identity?.membership.signalSequence, state.identity?.membership.token]).toEqual([2, 100, "token 2"])
  })

  it("[LANA-41] where the network speaks after a kick is asked for again until it is known", async () => {
    const { party, live, clock } = await joined()
    party.epoch = 1
    party.refusals = { realtime: { code: "party_busy" } }
    live.hear({ type: "peers_left", peerIds: [bo], reason: "KICKED", epoch: 1 })
    await settle()
    party.refusals = {}
    await clock.pass(25_000)
    expect(live.follows.at(-1)?.channels.network).toBe("network 1")
  })

  it("[LANA-24] a party that was away may have its relay elsewhere now, and other tickets for it", async () => {
    const world = testWorld()
    world.party.peers = [peerInfoOf(bo)]
    const { party, clock, carrying, agent } = await joined(world)
    party.isAway = true
    await clock.pass(30_000)
    party.isAway = false
    party.relayPort = 4000
    carrying().log.length = 0
    await clock.pass(25_000)
    expect(carrying().log).toEqual(["relay 4000", `update ${bo} relayTicket`])
    expect(agent.status().relay?.port).toBe(4000)
  })

  it("[LANA-32] what answers in the party's place, as in a hotel, ends nothing", async () => {
    const { party, clock, agent, state } = await joined()
    party.refusals = { heartbeat: { code: "lan_silent" }, comeBack: { code: "not_a_party" } }
    await clock.pass(60_000)
    expect([agent.status().state, state.identity === null]).toEqual(["degraded", false])
    party.refusals = {}
    await clock.pass(60_000)
    expect(agent.status().state).toBe("connected")
  })

  it("[LAND-4] discovery that breaks is said, and the agent runs on", async () => {
    const world = testWorld()
    world.doors.openDiscovery = () => Promise.reject(new Error("ENOSPC"))
    const { told, agent } = await joined(world, { games: ["factorio"] })
    expect(told).toContainEqual({ type: "warning", refusal: { code: "games_not_carried", detail: { why: "ENOSPC" } } })
    expect(agent.status().state).toBe("connected")
  })
  it("[LANA-41] the line that stands before the data path does is not forgotten", async () => {
    const { held, release } = gate()
    const world = testWorld()
    const { openData } = world.doors
    world.doors.openData = async (order) => {
      await held
      return openData(order)
    }
    const { party, live, clock } = start(world)
    await settle()
    live.hear({ type: "line", isUp: true })
    release()
    await settle()
    await clock.pass(10_000)
    const before = party.beats.length
    await clock.pass(10_000)
    expect(party.beats.length).toBe(before)
  })

  it("[LANA-52] kicked while its interface is made again, it is out", async () => {
    const { held, release } = gate()
    const world = testWorld()
    const { end, tunnels, live, state } = await joined(world)
    const { openData } = world.doors
    world.doors.openData = async (order) => {
      await held
      return openData(order)
    }
    tunnels[0]?.breakDown("gone")
    await settle()
    live.hear({ type: "kicked" })
    release()
    expect(await end).toEqual({ kind: "kicked" })
    expect([tunnels.every(({ isClosed }) => isClosed), state.identity]).toEqual([true, null])
  })

  it("[LANA-42] an interface that is made again knows nobody who left before, or meanwhile", async () => {
    const { held, release } = gate()
    const world = testWorld()
    const di = "000000000000000d"
    world.party.peers = [peerInfoOf(bo), peerInfoOf(cy), peerInfoOf(di)]
    const { party, tunnels, live, carrying } = await joined(world)
    live.hear({ type: "peers_left", peerIds: [bo], reason: "KICKED", epoch: 0 })
    await settle()
    const { openData } = world.doors
    world.doors.openData = async (order) => {
      await held
      return openData(order)
    }
    party.isAway = true
    tunnels[0]?.breakDown("gone")
    await settle()
    live.hear({ type: "peers_left", peerIds: [cy], reason: "KICKED", epoch: 0 })
    release()
    await settle()
    expect(carrying().log).toEqual([`add ${di} ${"0".repeat(31)}d`, `update ${di} relayTicket`])
  })
})
