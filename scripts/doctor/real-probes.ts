import { createSocket } from "node:dgram"
import { createServer, connect } from "node:net"
import { networkInterfaces } from "node:os"
import { statfs } from "node:fs/promises"
import path from "node:path"
import { isBuilt } from "../party/build-stamp.mjs"
import { otherOwner } from "../party/claim"
import { chooseLanAddress, routeAddress } from "../party/lan-address"
import { canInstallChromium, workingChromium } from "../test/ensure-chromium.mjs"
import { lookAtDatabase } from "./database-probe"
import { lookAtFolder } from "./folder-probe"
import { activeFirewall } from "./firewall"
import { ownerOfPort } from "./port-owner"
import { tryEmbeddedPostgres } from "./postgres-trial"
import type { Environment, PortState, Probes } from "./probes"
import { askPusher } from "./pusher-probe"

const connectPatienceMs = 2_000

/** The probes of this very machine. Whatever they make (a database, a file, a socket) is gone when they have answered. */
export function realProbes({ root, dataDir, env }: { root: string; dataDir: string; env: Environment }): Probes {
  return {
    env,
    nodeVersion: process.versions.node,
    nowMs: () => Date.now(),
    isBuilt: () => isBuilt(root),
    dataFolder: () => lookAtFolder(dataDir),
    runningParty: () => otherOwner(dataDir),
    tryPostgres: tryEmbeddedPostgres,
    sharedMemory: () => statfs("/dev/shm").then(({ blocks, bsize }) => blocks * bsize, () => undefined),
    tcpPort,
    udpPort,
    lan: async () => ({ chosen: chooseLanAddress(networkInterfaces(), await routeAddress()), own: ownAddresses() }),
    reachesItself,
    firewall: activeFirewall,
    database: (url) => lookAtDatabase(url, path.join(root, "drizzle")),
    pusher: () => askPusher(env),
    chromium,
  }
}

// A CHROMIUM_PATH that names nothing is no Chromium, and nothing would be installed in its place.
async function chromium(): Promise<{ path: string | undefined; canInstall: boolean }> {
  try {
    return { path: workingChromium(), canInstall: canInstallChromium() }
  } catch {
    return { path: undefined, canInstall: false }
  }
}

function tcpPort(port: number): Promise<PortState> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once("error", (error) => resolve(stateOf(error, port, "tcp")))
    server.listen(port, "0.0.0.0", () => server.close(() => resolve("free")))
  })
}

function udpPort(port: number): Promise<PortState> {
  const socket = createSocket("udp4")
  return new Promise((resolve) => {
    socket.once("error", (error) => {
      socket.close()
      resolve(stateOf(error, port, "udp"))
    })
    socket.bind(port, "0.0.0.0", () => socket.close(() => resolve("free")))
  })
}

async function stateOf(error: Error, port: number, kind: "tcp" | "udp"): Promise<PortState> {
  if ("code" in error && error.code === "EACCES") return "not_allowed"
  return { takenBy: await ownerOfPort(port, kind) }
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((infos) => infos?.map(({ address }) => address) ?? [])
}

/** As a guest's phone would, though from here: a firewall that looks at where it comes from is not seen. */
function reachesItself(address: string): Promise<boolean> {
  const server = createServer((socket) => socket.end())
  return new Promise((resolve) => {
    const done = (isReached: boolean) => server.close(() => resolve(isReached))
    server.listen(0, "0.0.0.0", () => {
      const place = server.address()
      const socket = connect({ host: address, port: typeof place === "object" && place ? place.port : 0, timeout: connectPatienceMs })
      const answer = (isReached: boolean) => {
        socket.destroy()
        done(isReached)
      }
      socket.once("connect", () => answer(true)).once("timeout", () => answer(false)).once("error", () => answer(false))
    })
  })
}
