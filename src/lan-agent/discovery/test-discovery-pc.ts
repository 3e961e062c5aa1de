import { performance } from "node:perf_hooks"
import readline from "node:readline"
import { gamesNamed } from "@/lan/games"
import { openDiscovery } from "./discovery"

/**
 * A program for the network tests: discovery alone, `node test-discovery-pc.mjs ADDRESS GAMES PEERS` (comma-separated).
 * Says "ready" or "refused …"; answers the lines "counts", "cpu" and "close".
 */
const [virtualIp = "", gameIds = "", peers = "", interfaceName = "party0"] = process.argv.slice(2)
const games = gamesNamed(gameIds.split(","))
if (!games.ok) throw new Error(JSON.stringify(games.refusal))
const opened = await openDiscovery({
  virtualIp,
  interfaceName,
  games: games.value,
  peers: () => peers.split(","),
  nowMs: () => performance.now(),
})
if (opened.ok) {
  console.log("ready")
  const { value: discovery } = opened
  process.once("SIGTERM", () => void discovery.close().finally(() => process.exit()))
  void discovery.gone.then(() => console.log("gone"))
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (line === "counts") console.log(JSON.stringify(discovery.counts()))
    if (line === "cpu") console.log(JSON.stringify(process.cpuUsage()))
    if (line === "close") {
      await discovery.close()
      console.log("closed")
      break
    }
  }
  // Nothing that discovery had open may keep the program alive now.
  process.stdin.destroy()
} else {
  console.log(`refused ${JSON.stringify(opened.refusal)}`)
}
