import { performance } from "node:perf_hooks"
import { afterAll, beforeAll, expect, it } from "vitest"
import { expectedPath } from "@/lan/compatibility"
import type { NatType } from "@/lan/nat-behaviour"
import { describeNetwork } from "@/testing/network/describe-network"
import type { Home, Pc } from "@/testing/network/home"
import { LanPcAgent } from "@/testing/network/lan-pc-agent"
import { NetworkParty } from "@/testing/network/network-party"
import { bundleAgent, type NetworkProgram } from "@/testing/network/network-program"
import { reaches, startPings } from "@/testing/network/pings"
import type { RouterKind } from "@/testing/network/routers"
import { openTestNetwork, type TestNetwork } from "@/testing/network/test-network"

type Place = { readonly name: string; readonly router: RouterKind; readonly nat: NatType | "udp_blocked" }

const five: readonly Place[] = [
  { name: "Ann", router: "full_cone", nat: "full_cone" },
  { name: "Bob", router: "restricted", nat: "restricted_cone" },
  { name: "Cem", router: "port_restricted", nat: "port_restricted_cone" },
  { name: "Dora", router: "symmetric", nat: "symmetric" },
  { name: "Eve", router: "symmetric", nat: "symmetric" },
]
const late: readonly Place[] = [
  { name: "Fay", router: "udp_blocked", nat: "udp_blocked" },
  { name: "Gus", router: "port_restricted", nat: "port_restricted_cone" },
]
const places = [...five, ...late]

type PcAtParty = { readonly place: Place; readonly home: Home; readonly pc: Pc; readonly agent: LanPcAgent; readonly virtualIp: string }

/** The relay hears no datagram any more. */
const deadRelay = `table inet dead {
  chain inp { type filter hook input priority 0; policy accept;
    udp dport 3480 drop
  }
}
`
/** A build that is not there yet is made first. */
const longestStartMs = 300_000

describeNetwork("a party's PCs behind routers of every kind", () => {
  let network: TestNetwork
  let party: NetworkParty
  let program: NetworkProgram
  const joined: PcAtParty[] = []

  beforeAll(async () => {
    ;[network, program] = await Promise.all([
      openTestNetwork({ homes: places.map(({ router }) => ({ router })) }),
      bundleAgent(),
    ])
    party = await NetworkParty.open(network.internet)
    joined.push(...(await Promise.all(five.map((place) => join(place)))))
  }, longestStartMs)

  afterAll(async () => {
    await network?.close()
    await Promise.all([party?.tidy(), program?.remove()])
  })

  async function join(place: Place): Promise<PcAtParty> {
    const home = network.homes[places.indexOf(place)]
    const pc = home?.pcs[0]
    if (!home || !pc) throw new Error(`${place.name} has no home`)
    const line = await (await party.guest(place.name)).line()
    const agent = new LanPcAgent(pc, program.file, line)
    return { place, home, pc, agent, virtualIp: await agent.virtualIp() }
  }
  const at = (name: string): PcAtParty => {
    const found = joined.find(({ place }) => place.name === name)
    if (!found) throw new Error(`${name} is not in`)
    return found
  }
  const pairs = (all: readonly PcAtParty[]) => all.flatMap((from) => all.filter((to) => to !== from).map((to) => [from, to] as const))
  const pathTo = (from: PcAtParty, to: PcAtParty) => from.agent.peers.find(({ name }) => name === to.place.name)
  const isUp = (type: string | undefined) => type === "direct" || type === "relayed"

  it("[LAN-11] [LANA-20] five behind routers of every kind all reach each other, under addresses that all agree on", async () => {
    const answers = await Promise.all(pairs(joined).map(([from, to]) => reaches(from.pc, to.virtualIp, 15_000)))
    expect(answers).toEqual(answers.map(() => true))
    for (const { agent, place } of joined) {
      const others = joined.filter((other) => other.place !== place)
      const seen = await agent.seesPeers((peers) => peers.length === others.length)
      expect(new Map(seen.map(({ name, virtualIp }) => [name, virtualIp]))).toEqual(
        new Map(others.map((other) => [other.place.name, other.virtualIp])),
      )
    }
  })

  it("[LANU-12] talks directly wherever the two routers let it, and through the relay where they do not", async () => {
    const wanted = pairs(joined).map(([from, to]) => [from, to, pathOf(from.place, to.place)] as const)
    for (const [from, to, expected] of wanted) {
      const isThere = () => pathTo(from, to)?.connectionType === expected
      await from.agent.seesPeers(isThere, 15_000).catch(() => undefined)
    }
    const found = wanted.map(([from, to]) => `${from.place.name}–${to.place.name} ${pathTo(from, to)?.connectionType}`)
    expect(found).toEqual(wanted.map(([from, to, expected]) => `${from.place.name}–${to.place.name} ${expected}`))
  })

  it("takes in a PC whose network lets no UDP out", async () => {
    const fay = await join(placeOf("Fay"))
    const reached = await Promise.all(joined.map(({ virtualIp }) => reaches(fay.pc, virtualIp, 20_000)))
    expect(reached).toEqual(joined.map(() => true))
    await fay.agent.child.end("SIGTERM")
  })

  it("[LANA-32] loses no packet of a direct path while the party is killed and started again, and finds the relay again", async () => {
    const direct = [[at("Ann"), at("Bob")], [at("Bob"), at("Cem")], [at("Ann"), at("Dora")]] as const
    const series = await Promise.all(direct.map(([from, to]) => startPings(from.pc, to.virtualIp)))
    await party.kill()
    await party.start()
    const lost = (await Promise.all(series.map((each) => each.stop()))).map((counted) => counted.lost)
    expect(lost).toEqual([0, 0, 0])
    expect(await reaches(at("Dora").pc, at("Eve").virtualIp, 20_000)).toBe(true)
  })

  it("[LANA-27] a PC with another address is back within ten seconds", async () => {
    const others = joined.filter(({ place }) => place.name !== "Cem")
    const changedAtMs = performance.now()
    await at("Cem").pc.changeAddress()
    const back = await Promise.all(others.map(({ virtualIp }) => reaches(at("Cem").pc, virtualIp, 10_000)))
    expect(back).toEqual(others.map(() => true))
    expect(performance.now() - changedAtMs).toBeLessThan(10_000)
  })

  it("[LAN-33] one that is kicked reaches nobody five seconds later, however its own agent behaves", async () => {
    const eve = at("Eve")
    const ids = at("Ann").agent.peers.filter(({ name }) => name === "Eve").map(({ id }) => id)
    // It hears nothing of it and takes nothing down: the others have to shut their doors.
    eve.agent.child.process.kill("SIGSTOP")
    expect(await Promise.all([at("Ann"), at("Bob")].map(({ virtualIp }) => reaches(eve.pc, virtualIp)))).toEqual([true, true])
    await party.kick(ids[0] ?? "Eve is not seen")
    const others = joined.filter(({ place }) => place.name !== "Eve")
    await Promise.all(others.map(({ agent }) => agent.seesPeers((peers) => !peers.some(({ name }) => name === "Eve"), 5_000)))
    const reached = await Promise.all(others.map(({ virtualIp }) => reaches(eve.pc, virtualIp, 2_000)))
    expect(reached).toEqual(others.map(() => false))
    eve.agent.child.process.kill("SIGCONT")
    expect(await eve.agent.end()).toBe("kicked")
    joined.splice(joined.indexOf(eve), 1)
  })

  it("[LANA-27] and so is one whose provider gave its router another one", async () => {
    const others = joined.filter(({ place }) => place.name !== "Bob")
    const changedAtMs = performance.now()
    await at("Bob").home.changeWanAddress()
    const back = await Promise.all(others.map(({ virtualIp }) => reaches(at("Bob").pc, virtualIp, 10_000)))
    expect(back).toEqual(others.map(() => true))
    expect(performance.now() - changedAtMs).toBeLessThan(10_000)
  })

  it("without a relay connects those that can talk directly", async () => {
    await network.internet.runOrThrow("nft", ["-f", "-"], { input: deadRelay })
    const gus = await join(placeOf("Gus"))
    const direct = joined.filter(({ place }) => place.nat !== "symmetric")
    const reached = await Promise.all(direct.map(({ virtualIp }) => reaches(gus.pc, virtualIp, 15_000)))
    expect(reached).toEqual(direct.map(() => true))
    for (const other of direct) await gus.agent.seesPeers(() => pathTo(gus, other)?.connectionType === "direct", 10_000)
    expect(isUp(pathTo(at("Ann"), at("Bob"))?.connectionType)).toBe(true)
  })
})

function placeOf(name: string): Place {
  const found = places.find((place) => place.name === name)
  if (!found) throw new Error(`nobody is called ${name}`)
  return found
}

function pathOf(a: Place, b: Place): "direct" | "relayed" {
  if (a.nat === "udp_blocked" || b.nat === "udp_blocked") return "relayed"
  return expectedPath(a.nat, b.nat) === "relayed" ? "relayed" : "direct"
}
