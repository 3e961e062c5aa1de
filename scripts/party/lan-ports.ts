import { CannotStart } from "./cannot-start"

const lastPort = 65_535
const tries = 50

export type LanPort = {
  /** 0 takes any. */
  readonly port: number
  /** A port somebody asked for is never exchanged for another one. */
  readonly isGiven: boolean
}

export type LanPorts = {
  readonly relay: LanPort
  /** STUN takes this port and the next. */
  readonly stun: LanPort
}

type Environment = Readonly<Record<string, string | undefined>>

/** Which UDP ports the LAN's services wish for. With PORT=0 any will do, as for the pages. Throws CannotStart for what is no port. */
export function readLanPorts(env: Environment): LanPorts {
  const isAnyFree = env.PORT === "0"
  return { relay: portOf(env, "LAN_RELAY_PORT", isAnyFree ? 0 : 3480), stun: portOf(env, "LAN_STUN_PORT", isAnyFree ? 0 : 3478) }
}

function portOf(env: Environment, name: "LAN_RELAY_PORT" | "LAN_STUN_PORT", wished: number): LanPort {
  const text = env[name]
  if (!text) return { port: wished, isGiven: false }
  const port = Number(text)
  if (/^\d+$/.test(text) && port < lastPort) return { port, isGiven: true }
  throw new CannotStart(`${name} is "${text}", but a port is a number from 1 to ${lastPort - 1} (or 0 for any free one).`)
}

/** Starts on the wished port, or on the next free one when it was only our default; null when none is free. */
export async function onFreePort<T>({ port, isGiven }: LanPort, name: string, start: (port: number) => Promise<T>): Promise<T | null> {
  for (let candidate = port; candidate < Math.min(port + tries, lastPort); candidate++) {
    try {
      return await start(candidate)
    } catch (error) {
      const code = codeOf(error)
      if (code !== "EADDRINUSE" && code !== "EACCES") throw error
      if (isGiven) throw new CannotStart(`UDP port ${candidate} is not to be had: choose another ${name}, or leave it away.`)
    }
  }
  return null
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined
}
