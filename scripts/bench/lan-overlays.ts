import { mkdir, writeFile } from "node:fs/promises"
import path from "node:path"
import { type Host, runOrThrow } from "@/testing/network/host"
import type { Pc } from "@/testing/network/home"
import { serverAddresses } from "@/testing/network/server-addresses"
import type { TestNetwork } from "@/testing/network/test-network"

/** What another program needs to put two PCs into one network, made for one run. */
export type Overlay = {
  readonly name: string
  /** Programs that have to be there; what is missing is left out of the table by name. */
  readonly programs: readonly string[]
  /** Starts what is always on, and writes both PCs' settings. */
  prepare(network: TestNetwork, pcs: readonly [OverlayPc, OverlayPc]): Promise<void>
  /** Starts the daemon of one PC. The clock runs from here. */
  start(pc: OverlayPc): void
}

export type OverlayPc = { readonly pc: Pc; readonly wan: string; readonly name: "ann" | "bob"; readonly virtualIp: string }

const server = serverAddresses[0]

async function write(host: Host, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(host.folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    // tinc-up is a script.
    await writeFile(file, text, { mode: 0o700 })
  }
}

/** WireGuard alone: somebody has to know both outer addresses and ports, and routers have to keep the ports. */
const wireGuard: Overlay = {
  name: "plain wireguard-go",
  programs: ["wireguard-go", "wg"],
  async prepare(_network, pcs) {
    const keys = new Map<string, { own: string; open: string }>()
    for (const { name } of pcs) {
      const own = (await runOrThrow("wg", ["genkey"])).trim()
      keys.set(name, { own, open: (await runOrThrow("wg", ["pubkey"], { input: `${own}\n` })).trim() })
    }
    for (const { pc, name } of pcs) {
      const peer = pcs.find((other) => other.name !== name)
      if (!peer) throw new Error("two PCs make a pair")
      const settings = [
        "[Interface]",
        `PrivateKey = ${keys.get(name)?.own}`,
        "ListenPort = 51820",
        "[Peer]",
        `PublicKey = ${keys.get(peer.name)?.open}`,
        `AllowedIPs = ${peer.virtualIp}/32`,
        `Endpoint = ${peer.wan}:51820`,
        "PersistentKeepalive = 1",
      ]
      await write(pc, { "wg.conf": `${settings.join("\n")}\n` })
    }
  },
  start({ pc, virtualIp }) {
    const up = `wireguard-go bench && wg setconf bench ${pc.folder}/wg.conf && ip addr add ${virtualIp}/16 dev bench && ip link set bench mtu 1420 up`
    pc.spawn("sh", ["-c", up], { env: { WG_I_PREFER_BUGGY_USERSPACE_TO_POLISHED_KMOD: "1" } })
  },
}

const n2n: Overlay = {
  name: "n2n",
  programs: ["edge", "supernode"],
  async prepare({ internet }) {
    const supernode = internet.spawn("supernode", ["-l", "7654"])
    await listens(internet, 7654, supernode.pid)
  },
  start({ pc, virtualIp }) {
    const at = ["-a", virtualIp, "-s", "255.255.0.0", "-l", `${server}:7654`]
    pc.spawn("edge", ["-d", "bench", "-c", "bench", "-k", "only for this run", ...at])
  },
}

const tinc: Overlay = {
  name: "tinc",
  programs: ["tincd"],
  async prepare({ internet }, pcs) {
    const members = [{ host: internet, name: "hub", virtualIp: "10.67.0.9" }, ...pcs.map(({ pc, name, virtualIp }) => ({ host: pc, name, virtualIp }))]
    for (const { host, name, virtualIp } of members) {
      const isHub = name === "hub"
      await write(host, {
        "tinc/tinc.conf": `Name = ${name}\nInterface = bench\nAddressFamily = ipv4\n${isHub ? "" : "ConnectTo = hub\n"}`,
        "tinc/tinc-up": `#!/bin/sh\nip addr add ${virtualIp}/16 dev $INTERFACE\nip link set $INTERFACE up\n`,
        [`tinc/hosts/${name}`]: `${isHub ? `Address = ${server}\n` : ""}Subnet = ${virtualIp}/32\n`,
      })
      await runOrThrow("tincd", ["-c", `${host.folder}/tinc`, "-K2048"], { input: "\n\n" })
    }
    const hosts = await Promise.all(members.map(({ host, name }) => runOrThrow("cat", [`${host.folder}/tinc/hosts/${name}`])))
    const known = Object.fromEntries(members.map(({ name }, index) => [`tinc/hosts/${name}`, hosts[index] ?? ""]))
    await Promise.all(members.map(({ host }) => write(host, known)))
    const hub = startTinc(internet)
    await listens(internet, 655, hub.pid)
  },
  start({ pc }) {
    startTinc(pc)
  },
}

function startTinc(host: Host) {
  return host.spawn("tincd", ["-D", "-c", `${host.folder}/tinc`, `--pidfile=${host.folder}/tinc.pid`])
}

const nebula: Overlay = {
  name: "nebula",
  programs: ["nebula", "nebula-cert"],
  async prepare({ internet }, pcs) {
    const members = [{ host: internet, name: "hub", virtualIp: "10.67.0.9" }, ...pcs.map(({ pc, name, virtualIp }) => ({ host: pc, name, virtualIp }))]
    await mkdir(internet.folder, { recursive: true })
    await runOrThrow("nebula-cert", ["ca", "-name", "bench"], { cwd: internet.folder })
    const authority = ["-ca-crt", `${internet.folder}/ca.crt`, "-ca-key", `${internet.folder}/ca.key`]
    for (const { host, name, virtualIp } of members) {
      const out = ["-out-crt", `${host.folder}/own.crt`, "-out-key", `${host.folder}/own.key`]
      await mkdir(host.folder, { recursive: true })
      await runOrThrow("nebula-cert", ["sign", "-name", name, "-ip", `${virtualIp}/16`, ...authority, ...out])
      await write(host, { "nebula.yml": nebulaSettings(host, `${internet.folder}/ca.crt`, name === "hub") })
    }
    const hub = internet.spawn("nebula", ["-config", `${internet.folder}/nebula.yml`])
    await listens(internet, 4242, hub.pid)
  },
  start({ pc }) {
    pc.spawn("nebula", ["-config", `${pc.folder}/nebula.yml`])
  },
}

function nebulaSettings(host: Host, authority: string, isHub: boolean): string {
  const any = "[{ port: any, proto: any, host: any }]"
  return `pki: { ca: ${authority}, cert: ${host.folder}/own.crt, key: ${host.folder}/own.key }
static_host_map: { "10.67.0.9": ["${server}:4242"] }
lighthouse: { am_lighthouse: ${isHub}, interval: 1, hosts: ${isHub ? "[]" : `["10.67.0.9"]`} }
listen: { host: 0.0.0.0, port: ${isHub ? 4242 : 0} }
punchy: { punch: true, respond: true, delay: 100ms }
relay: { am_relay: ${isHub}, use_relays: true, relays: ${isHub ? "[]" : `["10.67.0.9"]`} }
tun: { dev: bench, mtu: 1420 }
firewall: { outbound: ${any}, inbound: ${any} }
`
}

/** Waits until a UDP port is taken: the always-on part is not what is timed. */
async function listens(host: Host, port: number, pid: number): Promise<void> {
  const ask = `while ! ss -Hunl "sport = :${port}" | grep -q .; do kill -0 ${pid} || exit 1; sleep 0.02; done`
  await host.runOrThrow("sh", ["-c", ask])
}

export const overlays: readonly Overlay[] = [wireGuard, tinc, n2n, nebula]
