import { warning, type Finding } from "./finding"
import { checkBuild, checkChromium, checkClock, checkDataFolder, checkNode, checkPostgres } from "./machine-checks"
import { checkFirewall, checkLanAddress, checkLanPorts, checkPort, checkSettings } from "./network-checks"
import type { Probes } from "./probes"
import { checkDatabase, checkGoogleKey, checkPusher, checkSecrets } from "./service-checks"

const checks: readonly (readonly [name: string, check: (probes: Probes) => Promise<Finding[]>])[] = [
  ["Node.js", checkNode],
  ["settings", checkSettings],
  ["build", checkBuild],
  ["data folder", checkDataFolder],
  ["built-in database", checkPostgres],
  ["DATABASE_URL", checkDatabase],
  ["clock", checkClock],
  ["port", checkPort],
  ["address for guests", checkLanAddress],
  ["firewall", checkFirewall],
  ["virtual LAN", checkLanPorts],
  ["Pusher", checkPusher],
  ["secrets", checkSecrets],
  ["Gemini", checkGoogleKey],
  ["Chromium", checkChromium],
]

/** Everything there is to say, in the order in which a host would put it right. A check that breaks takes no other with it. */
export async function diagnose(probes: Probes): Promise<Finding[]> {
  const found = await Promise.all(
    checks.map(([name, check]) =>
      check(probes).catch((error: unknown) => [warning(name, `could not be looked at (${error instanceof Error ? error.name : "unknown"})`, "Tell us, with what kind of machine this is")]),
    ),
  )
  return found.flat()
}
