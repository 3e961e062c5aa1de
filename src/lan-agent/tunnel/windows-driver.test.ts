import { describe, expect, it } from "vitest"
import { failed, said, scriptedRun } from "./test-command"
import { configFileOf, serviceConfig, windowsDriver } from "./windows-driver"

const programFiles = "C:\\Program Files"
const wireGuard = "C:\\Program Files\\WireGuard\\wireguard.exe"
const wg = "C:\\Program Files\\WireGuard\\wg.exe"
const configFile = "C:\\Program Files\\Party OS LAN\\party0.conf"
const identity = { privateKey: Buffer.alloc(32, 1), virtualIp: "10.66.0.7" }
const key = identity.privateKey.toString("base64")

const noService = {
  exitCode: 1060,
  stdout: "[SC] OpenService FAILED 1060:\r\n\r\nThe specified service does not exist as an installed service.\r\n\r\n",
  stderr: "",
}

function serviceOf(commandLine: string) {
  return said(
    [
      "[SC] QueryServiceConfig SUCCESS",
      "",
      "SERVICE_NAME: WireGuardTunnel$party0",
      "        TYPE               : 10  WIN32_OWN_PROCESS ",
      "        START_TYPE         : 2   AUTO_START",
      "        ERROR_CONTROL      : 1   NORMAL",
      `        BINARY_PATH_NAME   : ${commandLine}`,
      "        LOAD_ORDER_GROUP   : ",
      "        TAG                : 0",
      "        DISPLAY_NAME       : WireGuard Tunnel: party0",
      "        DEPENDENCIES       : Nsi",
      "                           : TcpIp",
      "        SERVICE_START_NAME : LocalSystem",
      "",
    ].join("\r\n"),
  )
}

function rememberedFiles() {
  const events: string[] = []
  return {
    events,
    files: {
      makeDirectory: async (directory: string) => void events.push(`make ${directory}`),
      writeNew: async (file: string) => void events.push(`write ${file}`),
      remove: async (file: string) => void events.push(`remove ${file}`),
    },
  }
}

describe("the tunnel on Windows (recorded answers)", () => {
  it("[TUN-10] closes the directory before the key is in it, and removes the key when the adapter is up", async () => {
    let asked = 0
    const { run, calls } = scriptedRun({
      "sc qc": noService,
      [`${wg} show party0 listen-port`]: () => (++asked < 3 ? failed("Unable to access interface") : said("53488\r\n")),
    })
    const { events, files } = rememberedFiles()
    const noting: typeof run = (program, args, input) => {
      events.push([program, ...args].join(" "))
      return run(program, args, input)
    }
    const device = await windowsDriver(noting, files, programFiles).prepare("party0")
    if (!device.ok) throw new Error(device.refusal.code)
    const control = await device.value.configure(identity)
    if (!control.ok) throw new Error(control.refusal.code)
    expect(await control.value.listenPort()).toBe(53_488)

    const closed = events.findIndex((event) => event.startsWith("icacls"))
    const written = events.indexOf(`write ${configFile}`)
    const installed = events.indexOf(`${wireGuard} /installtunnelservice ${configFile}`)
    const removed = events.lastIndexOf(`remove ${configFile}`)
    const lastAsked = events.findLastIndex((event, place) => place < removed && event.includes("listen-port"))
    expect([closed, written, installed, lastAsked, removed]).toEqual(
      [closed, written, installed, lastAsked, removed].toSorted((one, other) => one - other),
    )
    expect(closed).toBeGreaterThanOrEqual(0)
    expect(asked).toBeGreaterThanOrEqual(3)
    expect(calls.join("\n")).not.toContain(key)
  })

  it("[TUN-10] removes the key also when the service cannot be installed", async () => {
    const { run } = scriptedRun({
      "sc qc": noService,
      [`${wireGuard} /installtunnelservice`]: failed("Error: Access is denied."),
    })
    const { events, files } = rememberedFiles()
    const device = await windowsDriver(run, files, programFiles).prepare("party0")
    if (!device.ok) throw new Error(device.refusal.code)
    expect(await device.value.configure(identity)).toMatchObject({
      ok: false,
      refusal: { code: "tunnel_failed", detail: { reason: "Error: Access is denied." } },
    })
    expect(events.at(-1)).toBe(`remove ${configFile}`)
  })

  it("[TUN-10] the configuration gives address, MTU and key, and knows no peer", () => {
    expect(serviceConfig(identity)).toBe(
      `[Interface]\r\nPrivateKey = ${key}\r\nAddress = 10.66.0.7/16\r\nMTU = 1420\r\n`,
    )
  })

  it("[TUN-5] a service that was started with our file is removed, another's refused", async () => {
    const ours = scriptedRun({ "sc qc": serviceOf(`"${wireGuard}" /tunnelservice "${configFile}"`) })
    expect((await windowsDriver(ours.run, rememberedFiles().files, programFiles).prepare("party0")).ok).toBe(true)
    expect(ours.calls).toContain(`${wireGuard} /uninstalltunnelservice party0`)

    const theirs = scriptedRun({ "sc qc": serviceOf(`"${wireGuard}" /tunnelservice C:\\Users\\Eve\\party0.conf`) })
    expect(await windowsDriver(theirs.run, rememberedFiles().files, programFiles).prepare("party0")).toMatchObject({
      refusal: { code: "interface_taken" },
    })
    expect(theirs.calls.join("\n")).not.toContain("/uninstalltunnelservice")
  })

  it("[TUN-10] reads the file with and without quotes, and none where there is none", () => {
    expect(configFileOf(serviceOf(`"${wireGuard}" /tunnelservice C:\\a\\b.conf`).stdout)).toBe("C:\\a\\b.conf")
    expect(configFileOf(serviceOf(`"${wireGuard}" /tunnelservice "C:\\a b\\c.conf"`).stdout)).toBe("C:\\a b\\c.conf")
    expect(configFileOf(serviceOf("C:\\Windows\\other.exe").stdout)).toBeNull()
  })

  it("[TUN-10] says what is missing: WireGuard, or the administrator", async () => {
    const missing = scriptedRun({ [wg]: failed("spawn ENOENT", null) })
    const user = scriptedRun({ "net session": failed("System error 5 has occurred.\r\n\r\nAccess is denied.\r\n", 2) })
    const prepare = (run: typeof missing.run) => windowsDriver(run, rememberedFiles().files, programFiles).prepare("party0")
    expect(await prepare(missing.run)).toMatchObject({ refusal: { code: "no_wireguard" } })
    expect(await prepare(user.run)).toMatchObject({ refusal: { code: "not_permitted" } })
  })
})
