import type { Child, Host } from "./host"

const everyMs = 100

/** Pings that go on until they are counted. */
export type PingSeries = { stop(): Promise<{ sent: number; lost: number }> }

/** Whether one of the pings that go out for so long is answered. */
export async function reaches(from: Host, address: string, withinMs = 1_000): Promise<boolean> {
  const seconds = String(Math.max(1, Math.ceil(withinMs / 1_000)))
  const { code } = await from.run("ping", ["-n", "-q", "-i", "0.1", "-c", "1", "-w", seconds, address])
  return code === 0
}

/** Begins to ping ten times a second, with the first one answered: what is lost afterwards is lost under way. */
export async function startPings(from: Host, address: string): Promise<PingSeries> {
  const child: Child = from.spawn("ping", ["-n", "-D", "-i", String(everyMs / 1_000), address])
  await child.line((line) => line.includes("icmp_seq"))
  return {
    async stop() {
      // Its own summary counts what it waits for still as lost; that is one at most, and is told apart by its number.
      const { stdout } = await child.end("SIGINT")
      const answered = new Set([...stdout.matchAll(/icmp_seq=(\d+)/g)].map(([, number]) => Number(number)))
      const first = Math.min(...answered)
      const last = Math.max(...answered)
      const total = Number(/(\d+) packets transmitted/.exec(stdout)?.[1] ?? 0)
      const sent = Math.max(last, total - 1) - first + 1
      return { sent, lost: sent - answered.size }
    },
  }
}
