import type { ProcessIdentity } from "./process-identity"

/** [TUN-5] Whose an interface is: the agent that made it, and the guard of its wireguard-go if there is one. */
export type InterfaceMark = { agent: ProcessIdentity; guard: ProcessIdentity | null }

const prefix = "party-os-lan"

/** Written as the interface's alias, where `ip link` shows it to people too. */
export function formatMark({ agent, guard }: InterfaceMark): string {
  return [prefix, ...[agent, guard].map((one) => (one ? `${one.processId}/${one.startedAtTicks}` : "-"))].join(":")
}

/** `null`: somebody else's interface. */
export function readMark(alias: string): InterfaceMark | null {
  const match = /^party-os-lan:(\d+)\/(\d+):(?:(\d+)\/(\d+)|-)$/.exec(alias)
  if (!match) return null
  const [, agentId, agentStart, guardId, guardStart] = match
  return {
    agent: { processId: Number(agentId), startedAtTicks: Number(agentStart) },
    guard: guardId ? { processId: Number(guardId), startedAtTicks: Number(guardStart) } : null,
  }
}
