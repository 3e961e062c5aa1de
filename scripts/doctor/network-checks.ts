import { wrongSettings } from "@/server/env"
import { CannotStart } from "../party/cannot-start"
import { readLanAddresses } from "../party/lan-addresses"
import { readLanPorts, type LanPort } from "../party/lan-ports"
import { readSettings, type Settings } from "../party/settings"
import { bad, good, warning, type Finding } from "./finding"
import type { PortState, Probes } from "./probes"

const whereToChange = "Change it in the environment, .env or .env.local"
/** What has a finding of its own, in more words. */
const looksElsewhere = ["DATABASE_URL", "SESSION_SECRET", "LAN_RELAY_SECRET", "CRON_SECRET", "METRICS_TOKEN", "NEW_PARTY_PASSCODE", "TRUST_PROXY"]

/** Whether the settings can be meant at all: what `npm run party`, or the app in the cloud, would refuse to start with. */
export async function checkSettings({ env }: Probes): Promise<Finding[]> {
  const ofTheStart = [readSettings, readLanPorts, () => readLanAddresses(env.LAN_ADDRESSES)].flatMap((read) => {
    try {
      read(env)
      return []
    } catch (error) {
      if (!(error instanceof CannotStart)) throw error
      return [bad("settings", error.message, whereToChange)]
    }
  })
  const ofTheApp = wrongSettings(env).filter(({ variable }) => !looksElsewhere.includes(variable))
  return [...ofTheStart, ...ofTheApp.map(({ variable, reason }) => bad("settings", `${variable} cannot be meant: ${reason}`, whereToChange))]
}

export async function checkPort(probes: Probes): Promise<Finding[]> {
  const settings = settingsOf(probes)
  if (!settings || settings.port === 0) return []
  const name = `port ${settings.port}`
  const running = await probes.runningParty()
  const state = await probes.tcpPort(settings.port)
  if (state === "free") return [good(name, "free")]
  if (state === "not_allowed") return [bad(name, "this account may not use it", "Choose one above 1023, like PORT=3000")]
  if (running) return [good(name, `this party is running already${running.url ? ` at ${running.url}` : ""} (process ${running.pid})`)]
  const who = state.takenBy ?? "another program"
  if (settings.isPortGiven) return [bad(name, `taken by ${who}`, "Stop that, choose another PORT, or leave PORT away")]
  return [warning(name, `taken by ${who}`, "The party takes the next free one, and says which")]
}

export async function checkLanAddress(probes: Probes): Promise<Finding[]> {
  const name = "address for guests"
  const { chosen, own } = await probes.lan()
  const given = settingsOf(probes)?.host
  if (given) {
    const isOurs = own.includes(given) || !/^\d+(\.\d+){3}$/.test(given)
    return [isOurs ? good(name, `${given}, by PARTY_HOST`) : warning(name, `${given}, by PARTY_HOST, is no address of this machine`, "Right behind a router that forwards the ports; otherwise leave PARTY_HOST away")]
  }
  if (!chosen) return [bad(name, "this machine is in no network, so only it could join", "Connect it to the Wi-Fi of the guests, or set PARTY_HOST")]
  if (chosen.startsWith("169.254.")) return [bad(name, `${chosen} is what a machine gives itself when no router answers`, "Connect to the Wi-Fi again, or restart the router")]
  if (!(await probes.reachesItself(chosen))) return [bad(name, `${chosen} does not let even this machine in`, "Look for a firewall or a VPN that takes over the network, and switch it off for the evening")]
  return [good(name, `${chosen}; guests have to be in the same network, and not in one for visitors that keeps devices apart`)]
}

export async function checkFirewall(probes: Probes): Promise<Finding[]> {
  const name = "firewall"
  const on = await probes.firewall()
  if (!on) return [good(name, "none known to be on")]
  const port = settingsOf(probes)?.port || 3000
  const { stun, relay } = portsOf(probes)
  const udp = `${stun}, ${stun + 1} and ${relay}`
  const cure = on === "ufw" ? `sudo ufw allow ${port}/tcp, and ${udp}/udp for the virtual LAN` : `If phones cannot open the page: let TCP port ${port} in, and UDP ports ${udp} for the virtual LAN`
  return [warning(name, `${on} is on, and may keep guests out`, cure)]
}

export async function checkLanPorts(probes: Probes): Promise<Finding[]> {
  if (!settingsOf(probes)) return []
  let ports
  try {
    ports = readLanPorts(probes.env)
  } catch {
    return []
  }
  const findings: Finding[] = []
  if (probes.env.LAN_STUN) findings.push(good("virtual LAN, STUN", "elsewhere, by LAN_STUN"))
  else findings.push(await udpFinding(probes, "virtual LAN, STUN", "LAN_STUN_PORT", ports.stun, [0, 1]))
  if (probes.env.LAN_RELAY) findings.push(good("virtual LAN, relay", "elsewhere, by LAN_RELAY"))
  else findings.push(await udpFinding(probes, "virtual LAN, relay", "LAN_RELAY_PORT", ports.relay, [0]))
  return findings
}

async function udpFinding(probes: Probes, name: string, variable: string, { port, isGiven }: LanPort, steps: readonly number[]): Promise<Finding> {
  if (port === 0) return good(name, "any free UDP port")
  const states = await Promise.all(steps.map((step) => probes.udpPort(port + step)))
  const at = states.findIndex((state) => state !== "free")
  const places = steps.map((step) => port + step).join(" and ")
  if (at === -1) return good(name, `UDP ${places} free`)
  if (await probes.runningParty()) return good(name, `UDP ${places}, in use by the party that runs`)
  const says = `UDP ${port + (steps[at] ?? 0)} is taken by ${takerOf(states[at])}`
  return isGiven ? bad(name, says, `Choose another ${variable}, or leave it away`) : warning(name, says, "The party takes the next free one")
}

function takerOf(state: PortState | undefined): string {
  return (typeof state === "object" && state.takenBy) || "another program"
}

function portsOf({ env }: Probes): { stun: number; relay: number } {
  try {
    const { stun, relay } = readLanPorts(env)
    return { stun: stun.port, relay: relay.port }
  } catch {
    return { stun: 3478, relay: 3480 }
  }
}

// Wrong settings have a finding of their own.
function settingsOf({ env }: Probes): Settings | undefined {
  try {
    return readSettings(env)
  } catch {
    return undefined
  }
}
