import { describe, expect, it } from "vitest"
import { type MacosParts, macosDriver } from "./macos-driver"
import { failed, scriptedRun } from "./test-command"
import type { WireGuardGo } from "./wireguard-go"

describe("the tunnel on macOS (recorded answers)", () => {
  it("[TUN-9] takes the utun that wireguard-go chose, and gives it address, MTU and route", async () => {
    const { parts, started } = fakeParts()
    const { run, calls } = scriptedRun({})
    const device = await macosDriver(run, parts).prepare("party0")
    if (!device.ok) throw new Error(device.refusal.code)
    expect(device.value.interfaceName).toBe("utun7")
    expect(await started[0]?.socketPath()).toBe("/var/run/wireguard/utun7.sock")
    expect(started[0]).toMatchObject({ interfaceName: "utun", environment: { WG_TUN_NAME_FILE: nameFile } })
    const control = await device.value.configure({ privateKey: Buffer.alloc(32, 1), virtualIp: "10.66.3.9" })
    expect(control.ok).toBe(true)
    expect(calls).toEqual([
      "ifconfig utun7 inet 10.66.3.9/32 10.66.3.9 alias",
      "ifconfig utun7 mtu 1420",
      "ifconfig utun7 up",
      "route -q -n add -inet 10.66.0.0/16 -interface utun7",
    ])
  })

  it("[TUN-9] says which command failed, and what it said", async () => {
    const { parts } = fakeParts()
    const { run, calls } = scriptedRun({ "ifconfig utun7 mtu": failed("ifconfig: ioctl (set mtu): Invalid argument\n") })
    const device = await macosDriver(run, parts).prepare("party0")
    if (!device.ok) throw new Error(device.refusal.code)
    const refused = await device.value.configure({ privateKey: Buffer.alloc(32, 1), virtualIp: "10.66.3.9" })
    expect(refused).toMatchObject({ refusal: { detail: { reason: "ifconfig: ioctl (set mtu): Invalid argument" } } })
    expect(calls).toHaveLength(2)
  })

  it("[TUN-9] says what is missing: root, or wireguard-go, or that it did not start", async () => {
    const { run } = scriptedRun({})
    const prepare = (other: Partial<MacosParts>) => macosDriver(run, { ...fakeParts().parts, ...other }).prepare("party0")
    expect(await prepare({ isRoot: () => false })).toMatchObject({ refusal: { code: "not_permitted" } })
    expect(await prepare({ findProgram: async () => null })).toMatchObject({ refusal: { code: "no_wireguard" } })
    expect(await prepare({ start: () => Promise.reject(new Error("no utun left")) })).toMatchObject({
      refusal: { code: "tunnel_failed", detail: { reason: "no utun left" } },
    })
  })

  it("[TUN-5] tells of an end by itself, and never of a removal", async () => {
    const byItself = fakeParts()
    const device = await macosDriver(scriptedRun({}).run, byItself.parts).prepare("party0")
    byItself.end("wireguard-go has ended")
    expect(device.ok && (await device.value.gone)).toBe("wireguard-go has ended")

    const asked = fakeParts()
    const other = await macosDriver(scriptedRun({}).run, asked.parts).prepare("party0")
    if (!other.ok) throw new Error(other.refusal.code)
    const gone = other.value.gone.then(() => "told")
    await other.value.remove()
    asked.end("asked to go")
    expect(await Promise.race([gone, new Promise((resolve) => setImmediate(resolve, "silent"))])).toBe("silent")
    expect(asked.removed.at(-1)).toBe(nameFile)
  })
})

const nameFile = "/var/run/wireguard/party0.name"

/** A WireGuard that agrees to everything. */
const control: WireGuardGo["control"] = {
  configure: async () => undefined,
  addPeer: async () => undefined,
  movePeer: async () => undefined,
  removePeer: async () => undefined,
  setKeepalive: async () => undefined,
  traffic: async () => new Map(),
  listenPort: async () => 51_820,
  close: () => undefined,
}

function fakeParts() {
  const started: Parameters<MacosParts["start"]>[0][] = []
  const removed: string[] = []
  let end: (reason: string) => void = () => undefined
  const ended = new Promise<string>((resolve) => (end = resolve))
  const parts: MacosParts = {
    isRoot: () => true,
    findProgram: async (name) => `/usr/local/bin/${name}`,
    readFile: async () => "utun7\n",
    removeFile: async (file) => void removed.push(file),
    async start(start) {
      started.push(start)
      return { processId: 1, control, ended, stop: async () => undefined }
    },
  }
  return { parts, started, removed, end: (reason: string) => end(reason) }
}

