import type { NetworkInterfaceInfo } from "node:os"
import type { Db } from "@/db/client"
import { type Endpoint, endpointText } from "@/lan/protocol"
import { startRelay, type RunningRelay } from "@/lan/relay/relay-commands"
import { followRevocations, type RevocationsFollowed } from "@/lan/relay/revocation-commands"
import { startStunServer, type StunServer } from "@/lan/stun-commands"
import { isOwnAddress, type LanAddresses } from "./lan-addresses"
import { onFreePort, type LanPort, type LanPorts } from "./lan-ports"

export type LanServicesOptions = {
  /** Where PCs reach us, as they are told. */
  addresses: LanAddresses
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>
  ports: LanPorts
  /** What the relay and the control plane share, 32 bytes. */
  secret: Buffer
  now: () => Date
  wanted: { relay: boolean; stun: boolean }
}

export type LanServices = {
  readonly relay: RunningRelay | null
  /** For LAN_RELAY and LAN_STUN; undefined for what does not run. */
  readonly relayAt: string | undefined
  readonly stunAt: string | undefined
  /** Sentences for the person at the terminal. */
  readonly troubles: readonly string[]
  /** [LAN-92] From now on the relay knows who is out, and lets in who is not. */
  follow(db: Db, onTrouble: (error: unknown) => void): void
  close(): Promise<void>
}

/** Starts the LAN's relay, closed until `follow`, and its STUN server. Throws CannotStart when a port that was asked for is taken. */
export async function openLanServices(options: LanServicesOptions): Promise<LanServices> {
  const { ports, wanted } = options
  const troubles: string[] = []
  const stun = wanted.stun ? await openStun(options) : null
  const relay = wanted.relay ? await openRelay(options).catch((error: unknown) => closed(stun, error)) : null
  if (wanted.stun && !stun) troubles.push(noneFree(ports.stun, "LAN_STUN_PORT", "the virtual LAN finds fewer direct paths"))
  if (wanted.relay && !relay) troubles.push(noneFree(ports.relay, "LAN_RELAY_PORT", "the virtual LAN has no relay"))

  let followed: RevocationsFollowed | undefined
  return {
    relay,
    relayAt: relay ? endpointText({ address: options.addresses[0], port: relay.endpoint.port }) : undefined,
    stunAt: stun?.addresses && placesOf(stun).map(endpointText).join(","),
    troubles,
    follow(db, onTrouble) {
      if (relay) followed = followRevocations({ db, relay, now: options.now, onTrouble })
    },
    close: async () => {
      await Promise.all([followed?.stop(), relay?.close(), stun?.close()])
    },
  }
}

async function openRelay({ addresses, interfaces, ports, secret, now }: LanServicesOptions): Promise<RunningRelay | null> {
  // With several addresses a wildcard would answer from whichever leads back; a PC believes only the one it was told.
  const address = isOwnAddress(addresses[0], interfaces) ? addresses[0] : "0.0.0.0"
  return onFreePort(ports.relay, "LAN_RELAY_PORT", (port) =>
    startRelay({ secret, listen: { address, port }, nowMs: () => now().getTime(), startsClosed: true }),
  )
}

async function openStun({ addresses, interfaces, ports }: LanServicesOptions): Promise<StunServer | null> {
  const areOwn = addresses.every((address) => isOwnAddress(address, interfaces))
  // Behind a router nobody knows which of its addresses a request was for.
  const places = areOwn ? { addresses } : { addresses: [addresses[0]] as const, listenOn: ["0.0.0.0"] as const }
  return onFreePort(ports.stun, "LAN_STUN_PORT", (port) =>
    startStunServer({ ...places, ports: [port, port === 0 ? 0 : port + 1], nowMs: () => performance.now() }),
  )
}

async function closed(stun: StunServer | null, error: unknown): Promise<never> {
  await stun?.close()
  throw error
}

/** Every place of the server, the first to be asked first. */
function placesOf({ addresses: { addresses, ports } }: StunServer): Endpoint[] {
  return addresses.flatMap((address) => ports.map((port) => ({ address, port })))
}

function noneFree({ port }: LanPort, name: string, meaning: string): string {
  return `No free UDP port from ${port} on, so ${meaning}: set ${name}.`
}
