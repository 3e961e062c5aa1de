import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { formatMark, readMark } from "./interface-mark"
import { aliasOf } from "./linux-driver"
import { identifyProcess, isAlive, readProcessStat } from "./process-identity"

const identity = fc.record({ processId: fc.nat({ max: 4_194_304 }), startedAtTicks: fc.maxSafeNat() })

describe("whose an interface is", () => {
  it("[TUN-5] what is written on it can be read from it, and is no longer than an alias may be", () => {
    fc.assert(
      fc.property(fc.record({ agent: identity, guard: fc.option(identity) }), (mark) => {
        expect(readMark(formatMark(mark))).toEqual(mark)
        expect(formatMark(mark).length).toBeLessThan(256)
      }),
    )
  })

  it("[TUN-5] everything else is somebody else's", () => {
    for (const alias of ["", "uplink", "party-os-lan", "party-os-lan:1/2", "party-os-lan:1/2:-;", "x party-os-lan:1/2:-"]) {
      expect(readMark(alias)).toBeNull()
    }
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.startsWith("party-os-lan")),
        (alias) => {
          expect(readMark(alias)).toBeNull()
        },
      ),
    )
  })

  it("[TUN-5] reads the alias where `ip` shows one", () => {
    const link = `"ifindex":7,"ifname":"party0","flags":["POINTOPOINT","NOARP"],"mtu":1420,"link_type":"none"`
    expect(aliasOf(`[{${link},"ifalias":"party-os-lan:1/2:-"}]`)).toBe("party-os-lan:1/2:-")
    expect(aliasOf(`[{${link}}]`)).toBe("")
  })

  it("[TUN-5] a process is told from a later one with its id by when it started", () => {
    const rest = "1 1 1 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0"
    expect(readProcessStat(`42 (odd) name) S ${rest} 98765 0 0`)).toEqual({ processId: 42, startedAtTicks: 98_765 })
    expect(readProcessStat(`42 (zombie) Z ${rest} 98765 0 0`)).toBeNull()
    expect(readProcessStat("42 (short)")).toBeNull()
  })

  it.skipIf(process.platform !== "linux")("[TUN-5] this process is alive; one started at another time is not", async () => {
    const own = await identifyProcess(process.pid)
    if (!own) throw new Error("/proc does not know this process")
    expect(await isAlive(own)).toBe(true)
    expect(await isAlive({ ...own, startedAtTicks: own.startedAtTicks + 1 })).toBe(false)
  })
})
