import { readInvitation } from "./invitation-spelling"

export type PcSystem = "linux" | "macos" | "windows"

/** What a PC must have before its line works, and how it gets it. */
export type PcNeeds = { readonly words: string; readonly command: string | null }

export const pcSystems: readonly { readonly id: PcSystem; readonly name: string; readonly isProven: boolean; readonly terminal: string; readonly needs: PcNeeds }[] = [
  {
    id: "linux",
    name: "Linux",
    isProven: true,
    terminal: "a terminal",
    needs: { words: "Node 20 or newer (Debian 13 and Ubuntu 25.04 have it; elsewhere nodejs.org), curl, and wireguard-go where the kernel has no WireGuard.", command: "sudo apt install -y curl nodejs wireguard-go nftables" },
  },
  {
    id: "macos",
    name: "macOS",
    isProven: false,
    terminal: "Terminal",
    needs: { words: "Node 20 or newer and wireguard-go.", command: "brew install node wireguard-go" },
  },
  {
    id: "windows",
    name: "Windows",
    isProven: false,
    terminal: "PowerShell, run as administrator",
    needs: { words: "Node 20 or newer and WireGuard for Windows.", command: "winget install OpenJS.NodeJS.LTS WireGuard.WireGuard" },
  },
]

// The line is run as root: what is no plain address, invitation or name of a game never gets into it.
const originPattern = /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/
const gamePattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** The one program every PC runs, as the party hands it out. */
const agentFile = "party-lan.mjs"

/**
 * [LAN-100] The one line that brings a PC into the network, for the terminal of its system: fetches the agent from the party and
 * joins. `games` are ids of games.ts whose discovery is to be carried. Null when a part of it is not what it should be.
 */
export function joinLine({ origin, invitation, system, games = [] }: { origin: string; invitation: string; system: PcSystem; games?: readonly string[] }): string | null {
  const read = readInvitation(invitation)
  if (!originPattern.test(origin) || read === null || !games.every((id) => gamePattern.test(id))) return null
  const fetched = `-fsSo ${agentFile} ${origin}/lan/agent.mjs`
  const joined = `node ${agentFile} join '${origin}/lan#${read}'${games.length > 0 ? ` --games ${games.join(",")}` : ""}`
  // Windows PowerShell knows no &&, and its curl is another program.
  return system === "windows" ? `curl.exe ${fetched}; if ($?) { ${joined} }` : `curl ${fetched} && sudo ${joined}`
}

/** The parts of a link as the server wrote it; null when it is none. */
export function partsOfLink(link: string): { origin: string; invitation: string } | null {
  const [origin, invitation, ...more] = link.split("/lan#")
  if (origin === undefined || invitation === undefined || more.length > 0 || !originPattern.test(origin)) return null
  const read = readInvitation(invitation)
  return read === null ? null : { origin, invitation: read }
}

/** The system a browser says it runs on (its user agent); Linux when it is on none a PC has. */
export function systemOfBrowser(userAgent: string): PcSystem {
  if (/Windows/i.test(userAgent)) return "windows"
  return /Macintosh|Mac OS X/i.test(userAgent) && !/iPhone|iPad|Mobile/i.test(userAgent) ? "macos" : "linux"
}
