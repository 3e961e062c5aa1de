import { isIPv4 } from "node:net"
import { type Result, ok, refuse } from "@/kernel/result"
import { type RunCommand, runCommand } from "./command"
import { DeviceTunnel } from "./device-tunnel"
import { linuxDriver } from "./linux-driver"
import { macosDriver } from "./macos-driver"
import type { Tunnel } from "./tunnel"
import type { TunnelDriver, TunnelIdentity, TunnelRefusal } from "./tunnel-driver"
import { windowsDriver } from "./windows-driver"

export type TunnelOptions = {
  /** At most 15 bytes; two agents on one machine need two names. macOS chooses its own. */
  interfaceName: string
  /** As `process.platform`; the running system's if left out. */
  platform?: string
  run?: RunCommand
  /** Instead of the system's own. */
  driver?: TunnelDriver
}

/** A tunnel on its way: begun before the control plane has said which address it will have. */
export type PreparedTunnel = {
  /** May be called once. A refusal leaves nothing behind. */
  open(identity: TunnelIdentity): Promise<Result<Tunnel, TunnelRefusal>>
  /** Takes the interface away again when it is not wanted after all. */
  cancel(): Promise<void>
}

/** [TUN-4] Begins at once to bring WireGuard up, while the caller still asks STUN and the control plane. */
export function prepareTunnel(options: TunnelOptions): PreparedTunnel {
  if (!/^[a-z][a-z0-9_-]{0,14}$/i.test(options.interfaceName)) throw new Error("This is no name for an interface.")
  const driver = options.driver ?? driverOf(options.platform ?? process.platform, options.run ?? runCommand)
  const preparing = driver
    ? driver.prepare(options.interfaceName)
    : Promise.resolve(refuse("unknown_platform", { platform: options.platform ?? process.platform }))
  return {
    async open(identity) {
      if (!isIPv4(identity.virtualIp) || identity.privateKey.length !== 32) throw new Error("This is no identity.")
      const prepared = await preparing
      if (!prepared.ok) return prepared
      const device = prepared.value
      try {
        const control = await device.configure(identity)
        if (control.ok) return ok(await DeviceTunnel.on(device, control.value))
        await device.remove()
        return control
      } catch (error) {
        await device.remove()
        throw error
      }
    },
    async cancel() {
      const prepared = await preparing
      if (prepared.ok) await prepared.value.remove()
    },
  }
}

/** [TUN-1] Opens the PC's WireGuard interface: kernel WireGuard where there is one, wireguard-go elsewhere. */
export function openTunnel(options: TunnelOptions & TunnelIdentity): Promise<Result<Tunnel, TunnelRefusal>> {
  return prepareTunnel(options).open(options)
}

function driverOf(platform: string, run: RunCommand): TunnelDriver | null {
  if (platform === "linux") return linuxDriver(run)
  if (platform === "darwin") return macosDriver(run)
  if (platform === "win32") return windowsDriver(run)
  return null
}
