import { z } from "zod"
import type { Child, Host } from "@/testing/network/host"
import { median } from "./statistics"

/** What two PCs feel of each other. Milliseconds, and Mbit/s of one TCP stream. Bare wires are there from the first. */
export type Felt = { firstAnswerMs: number | null; roundTripMs: number; tcpMbits: number }

/** How much to send for one figure. */
export type Effort = { pings: number; tcpSeconds: number }

/** What waits at the other end to answer: started before anything that is timed. */
export async function serveEcho(host: Host, echoFile: string): Promise<Child> {
  const server = host.spawn(process.execPath, [echoFile, "serve"])
  await server.line((line) => line === "ready")
  return server
}

/** Asks until somebody answers at one of the addresses; the answer's time is on the clock of `sharedNow`. */
export async function startAsking(host: Host, echoFile: string, addresses: readonly string[]): Promise<Child> {
  const child = host.spawn(process.execPath, [echoFile, "ask", ...addresses])
  await child.line((line) => line === "asking")
  return child
}

/** When the first answer came, on the clock of `sharedNow`. Throws when none does in time. */
export function firstAnswerAt(asking: Child, withinMs: number): Promise<number> {
  return asking.line((line) => Number(line) || null, withinMs)
}

/** The median round trip in ms. Throws when nothing comes back. */
export async function roundTripMs(host: Host, address: string, pings: number): Promise<number> {
  const { stdout } = await host.run("ping", ["-n", "-i", "0.02", "-c", String(pings), "-W", "1", address])
  return median([...stdout.matchAll(/time=([\d.]+) ms/g)].map(([, ms]) => Number(ms)))
}

const iperfReport = z.object({ end: z.object({ sum_received: z.object({ bits_per_second: z.number() }) }) })

/** Mbit/s of one TCP stream from `from` to `to`, as received. */
export async function tcpMbits(from: Host, to: Host, address: string, seconds: number): Promise<number> {
  const server = to.spawn("iperf3", ["-s", "-1", "--forceflush"])
  await server.line((line) => line.includes("listening"))
  const report = await from.runOrThrow("iperf3", ["-c", address, "-t", String(seconds), "-J", "--connect-timeout", "5000"])
  await server.end()
  return iperfReport.parse(JSON.parse(report)).end.sum_received.bits_per_second / 1e6
}
