import { randomBytes } from "node:crypto"
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { setUpForwarding } from "./forwarding"
import { Home, addressesOf, type HomePlan } from "./home"
import { Host, ownFolders, runLocally, runOrThrow } from "./host"
import { serverAddresses } from "./server-addresses"

export type TestNetwork = {
  /** Routes between the homes, and is the server at `serverAddresses`. */
  readonly internet: Host
  readonly homes: readonly Home[]
  /** Ends every process in it and removes it. */
  close(): Promise<void>
}

const namePrefix = "partytest"

/**
 * Builds homes behind routers around one internet, all out of namespaces of this machine.
 * Needs what `networkTestsCanRun` asks for. What a killed test left behind is removed first.
 */
export async function openTestNetwork(plan: { homes: readonly HomePlan[] }): Promise<TestNetwork> {
  await removeStaleNetworks()
  const prefix = `${namePrefix}-${process.pid}-${randomBytes(3).toString("hex")}`
  const folder = await mkdtemp(path.join(tmpdir(), `${prefix}-`))
  const host = (name: string) => new Host(`${prefix}-${name}`, path.join(folder, name))
  const internet = host("internet")
  const homes = plan.homes.map((home, index) => {
    const pcs = Array.from({ length: home.pcs ?? 1 }, (_, pc) => host(`pc${index + 1}${String.fromCharCode(97 + pc)}`))
    return new Home(home.router, addressesOf(index, home.router), internet, host(`router${index + 1}`), pcs)
  })
  const hosts = [internet, ...homes.flatMap((home) => [home.router, ...home.pcs])]
  const close = async () => {
    await removeNamespaces(hosts.map(({ namespace }) => namespace))
    await Promise.all(hosts.map((each) => each.childrenEnded()))
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const folders = [...ownFolders, ...hosts.flatMap((each) => ownFolders.map((own) => each.inFolder(own)))]
    await Promise.all(folders.map((each) => mkdir(each, { recursive: true })))
    const wires = homes.flatMap((home) => home.wires())
    await batch([...hosts.map(({ namespace }) => `netns add ${namespace}`), ...wires])
    await Promise.all([setUpInternet(internet, homes), ...homes.map((home) => home.setUp())])
    return { internet, homes, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function setUpInternet(internet: Host, homes: readonly Home[]): Promise<void> {
  const servers = serverAddresses.map((address) => `addr add ${address}/32 dev lo`)
  await setUpForwarding(internet, ["link set lo up", ...servers, ...homes.flatMap((home) => home.internetSide())])
}

async function batch(lines: readonly string[]): Promise<void> {
  await runOrThrow("ip", ["-batch", "-"], { input: `${lines.join("\n")}\n` })
}

/** Networks whose process is no more. */
async function removeStaleNetworks(): Promise<void> {
  const stale = async (folder: string) => (await readdir(folder).catch(() => [])).filter(isStale)
  await removeNamespaces(await stale("/run/netns"))
  const folders = await stale(tmpdir())
  await Promise.all(folders.map((name) => rm(path.join(tmpdir(), name), { recursive: true, force: true })))
}

function isStale(name: string): boolean {
  const owner = new RegExp(`^${namePrefix}-(\\d+)-`).exec(name)?.[1]
  return owner !== undefined && !isAlive(Number(owner))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function removeNamespaces(names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await endProcessesIn(names)
  // One that is not there must not keep the others alive.
  await runLocally("ip", ["-force", "-batch", "-"], { input: `${names.map((name) => `netns del ${name}`).join("\n")}\n` })
}

/** A namespace lives as long as a process in it: also what the children left behind has to go. */
async function endProcessesIn(names: readonly string[]): Promise<void> {
  const script = names.map((name) => `ip netns pids ${name}`).join("\n")
  const { stdout } = await runLocally("sh", ["-s"], { input: `${script}\n` })
  for (const pid of stdout.split("\n").filter(Boolean).map(Number)) {
    try {
      process.kill(pid, "SIGKILL")
    } catch {
      // It has ended by itself in the meantime.
    }
  }
}
