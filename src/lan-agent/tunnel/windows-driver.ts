import { mkdir, unlink, writeFile } from "node:fs/promises"
import path from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { type Result, ok, refuse } from "@/kernel/result"
import { type RunCommand, complaintOf } from "./command"
import { type TunnelDriver, type TunnelIdentity, type TunnelRefusal, lanPrefixLength, tunnelMtu } from "./tunnel-driver"
import { type WgTool, watchedWg } from "./wg-control"

/** Of the file system, what the driver needs. */
export type WindowsFiles = {
  makeDirectory(directory: string): Promise<void>
  /** Fails if the file is there already. */
  writeNew(file: string, text: string): Promise<void>
  remove(file: string): Promise<void>
}

const realFiles: WindowsFiles = {
  makeDirectory: async (directory) => void (await mkdir(directory, { recursive: true })),
  writeNew: (file, text) => writeFile(file, text, { flag: "wx", mode: 0o600 }),
  remove: (file) => unlink(file).catch(() => undefined),
}

const startDeadlineMs = 10_000

/**
 * [TUN-10] Windows: WireGuard's own program, whose tunnel service makes the kernel's adapter, and its `wg`. Unproven: written
 * from its documentation and source, tested against recorded answers, never run on Windows.
 *
 * The service takes its key from a file and in no other way. The file lies where only administrators may write, in a
 * directory only they and the system may read, and is removed as soon as the adapter is up. Windows ends nothing together
 * with a killed agent: the service stays until the next start.
 */
export function windowsDriver(
  run: RunCommand,
  files: WindowsFiles = realFiles,
  programFiles: string = process.env.ProgramFiles ?? "C:\\Program Files",
): TunnelDriver {
  return {
    async prepare(interfaceName) {
      const places = placesOf(programFiles, interfaceName)
      const wg = watchedWg({ run, program: places.wg, interfaceName })
      const usable = await usableWireGuard(run, places)
      if (!usable.ok) return usable
      const free = await freeServiceName(run, places)
      if (!free.ok) return free
      const remove = () => removeService(run, files, places)
      return ok({
        carrier: "kernel",
        interfaceName,
        async configure(identity) {
          const installed = await installService({ run, files, places, identity })
          return installed.ok ? ok(wg.control) : installed
        },
        gone: wg.gone,
        remove,
      })
    },
  }
}

type Places = {
  wireGuard: string
  wg: string
  directory: string
  configFile: string
  interfaceName: string
  service: string
}

function placesOf(programFiles: string, interfaceName: string): Places {
  // Program Files, because ProgramData lets any user make a directory first and keep the rights to it.
  const directory = path.win32.join(programFiles, "Party OS LAN")
  return {
    wireGuard: path.win32.join(programFiles, "WireGuard", "wireguard.exe"),
    wg: path.win32.join(programFiles, "WireGuard", "wg.exe"),
    directory,
    configFile: path.win32.join(directory, `${interfaceName}.conf`),
    interfaceName,
    service: `WireGuardTunnel$${interfaceName}`,
  }
}

async function usableWireGuard(run: RunCommand, places: Places): Promise<Result<null, TunnelRefusal>> {
  if ((await run(places.wg, ["--version"])).exitCode !== 0) return refuse("no_wireguard")
  // The shortest question that only an administrator gets an answer to.
  return (await run("net", ["session"])).exitCode === 0 ? ok(null) : refuse("not_permitted")
}

/** [TUN-5] A service of this name is ours if it was started with our file. */
async function freeServiceName(run: RunCommand, places: Places): Promise<Result<null, TunnelRefusal>> {
  const shown = await run("sc", ["qc", places.service])
  if (shown.exitCode !== 0) return ok(null)
  const configFile = configFileOf(shown.stdout)
  if (configFile?.toLowerCase() !== places.configFile.toLowerCase()) {
    return refuse("interface_taken", { interfaceName: places.interfaceName })
  }
  await run(places.wireGuard, ["/uninstalltunnelservice", places.interfaceName])
  return ok(null)
}

/** The file in what `sc qc` prints, whose labels are in English in every language of Windows. */
export function configFileOf(serviceConfig: string): string | null {
  const commandLine = /^\s*BINARY_PATH_NAME\s*:\s*(.*\S)\s*$/m.exec(serviceConfig)?.[1]
  return /\/tunnelservice\s+"?([^"]+)"?$/.exec(commandLine ?? "")?.[1] ?? null
}

/** A `wg-quick` file without peers: they come by `wg`. Without a port WireGuard takes a free one. */
export function serviceConfig({ privateKey, virtualIp }: TunnelIdentity): string {
  return [
    "[Interface]",
    `PrivateKey = ${privateKey.toString("base64")}`,
    `Address = ${virtualIp}/${lanPrefixLength}`,
    `MTU = ${tunnelMtu}`,
    "",
  ].join("\r\n")
}

type Installation = { run: RunCommand; files: WindowsFiles; places: Places; identity: TunnelIdentity }

async function installService({ run, files, places, identity }: Installation): Promise<Result<null, TunnelRefusal>> {
  await files.makeDirectory(places.directory)
  // By number: the names of system (S-1-5-18) and administrators (S-1-5-32-544) are translated.
  const closed = await run("icacls", [
    places.directory,
    "/inheritance:r",
    "/grant:r",
    "*S-1-5-18:(OI)(CI)F",
    "*S-1-5-32-544:(OI)(CI)F",
  ])
  if (closed.exitCode !== 0) return refuse("tunnel_failed", { reason: complaintOf(closed) })
  await files.remove(places.configFile)
  try {
    await files.writeNew(places.configFile, serviceConfig(identity))
    const installed = await run(places.wireGuard, ["/installtunnelservice", places.configFile])
    if (installed.exitCode !== 0) return refuse("tunnel_failed", { reason: complaintOf(installed) })
    // After a restart of Windows there is no file to start from, and no agent either.
    await run("sc", ["config", places.service, "start=", "demand"])
    return await adapterIsUp({ run, program: places.wg, interfaceName: places.interfaceName })
  } finally {
    await files.remove(places.configFile)
  }
}

/** The service starts on its own time; its adapter is asked for until it has a port. */
async function adapterIsUp({ run, program, interfaceName }: WgTool): Promise<Result<null, TunnelRefusal>> {
  const timeout = AbortSignal.timeout(startDeadlineMs)
  while (!timeout.aborted) {
    const port = await run(program, ["show", interfaceName, "listen-port"])
    if (port.exitCode === 0 && Number(port.stdout) > 0) return ok(null)
    await delay(50)
  }
  return refuse("tunnel_failed", { reason: "WireGuard's tunnel service did not start" })
}

async function removeService(run: RunCommand, files: WindowsFiles, places: Places) {
  await run(places.wireGuard, ["/uninstalltunnelservice", places.interfaceName])
  await files.remove(places.configFile)
}
