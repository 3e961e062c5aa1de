import { describe, expect, it } from "vitest"
import type { CommandOutcome } from "./command"
import { formatMark } from "./interface-mark"
import { type LinuxParts, linuxDriver } from "./linux-driver"
import { identifyProcess } from "./process-identity"
import { failed, said, scriptedRun } from "./test-command"

const identity = { privateKey: Buffer.alloc(32, 1), virtualIp: "10.66.0.7" }
const key = identity.privateKey.toString("base64")
const noInterface = failed('Device "party0" does not exist.')
const noModule = failed("Error: Unknown device type.", 2)
const parts: LinuxParts = {
  mayMakeInterfaces: async () => true,
  canOpenTun: async () => true,
  findProgram: async () => null,
}

function prepare(answers: Record<string, CommandOutcome>, other: Partial<LinuxParts> = {}) {
  const scripted = scriptedRun(answers)
  return { ...scripted, prepared: linuxDriver(scripted.run, { ...parts, ...other }).prepare("party0") }
}

function linkOf(agentStartedAtTicks: number): CommandOutcome {
  const agent = { processId: process.pid, startedAtTicks: agentStartedAtTicks }
  return said(JSON.stringify([{ ifname: "party0", ifalias: formatMark({ agent, guard: null }) }]))
}

describe.skipIf(process.platform !== "linux")("the tunnel in Linux's kernel (recorded answers)", () => {
  it("[TUN-1] [TUN-3] makes, marks and configures the interface, the key through stdin alone", async () => {
    const { calls, inputs, prepared } = prepare({
      "ip -j link show": noInterface,
      "wg show party0 listen-port": said("53488\n"),
    })
    const device = await prepared
    if (!device.ok) throw new Error(device.refusal.code)
    expect(device.value.carrier).toBe("kernel")
    const control = await device.value.configure(identity)
    expect(control.ok && (await control.value.listenPort())).toBe(53_488)
    await device.value.remove()
    expect(calls).toEqual([
      "ip -j link show dev party0",
      "ip link add dev party0 type wireguard",
      "ip -batch -",
      "wg --version",
      "wg setconf party0 /dev/stdin",
      "ip -batch -",
      "wg show party0 listen-port",
      "ip link del dev party0",
    ])
    const own = await identifyProcess(process.pid)
    expect(inputs).toEqual([
      `link set dev party0 alias party-os-lan:${own?.processId}/${own?.startedAtTicks}:-\n`,
      `[Interface]\nPrivateKey = ${key}\n`,
      "address add 10.66.0.7/16 dev party0\nlink set dev party0 mtu 1420 up\n",
    ])
  })

  it("[TUN-1] without `wg` the kernel's interface is taken away again", async () => {
    const { calls, prepared } = prepare({ "ip -j link show": noInterface, "wg --version": failed("ENOENT", null) })
    expect(await prepared).toMatchObject({ refusal: { code: "no_wireguard" } })
    expect(calls.at(-1)).toBe("ip link del dev party0")
  })

  it("[TUN-1] says what is missing: permission, iproute2, WireGuard or TUN", async () => {
    const without = { "ip -j link show": noInterface, "ip link add": noModule }
    const code = async (answers: Record<string, CommandOutcome>, other: Partial<LinuxParts> = {}) => {
      const result = await prepare(answers, other).prepared
      return result.ok ? "ok" : result.refusal.code
    }
    expect(await code(without, { mayMakeInterfaces: async () => false })).toBe("not_permitted")
    expect(await code({ ip: failed("spawn ip ENOENT", null) })).toBe("tunnel_failed")
    expect(await code(without)).toBe("no_wireguard")
    const withoutTun = { canOpenTun: async () => false, findProgram: async () => "/usr/bin/wireguard-go" }
    expect(await code(without, withoutTun)).toBe("no_tun")
  })

  it("[TUN-5] an interface of a living agent is refused, one of a dead agent removed", async () => {
    const own = await identifyProcess(process.pid)
    const startedAtTicks = own?.startedAtTicks ?? 0
    const living = prepare({ "ip -j link show": linkOf(startedAtTicks) })
    expect(await living.prepared).toMatchObject({ refusal: { code: "interface_taken" } })
    expect(living.calls).toHaveLength(1)
    const dead = prepare({ "ip -j link show": linkOf(startedAtTicks + 1) })
    expect((await dead.prepared).ok).toBe(true)
    expect(dead.calls.slice(1, 3)).toEqual(["ip link del dev party0", "ip link add dev party0 type wireguard"])
  })

  it("[TUN-5] a refusal while bringing it up names the reason", async () => {
    const { prepared } = prepare({
      "ip -j link show": noInterface,
      "wg setconf": failed("Unable to modify interface: Operation not permitted\n"),
    })
    const device = await prepared
    if (!device.ok) throw new Error(device.refusal.code)
    expect(await device.value.configure(identity)).toMatchObject({
      refusal: { code: "tunnel_failed", detail: { reason: "Unable to modify interface: Operation not permitted" } },
    })
  })
})
