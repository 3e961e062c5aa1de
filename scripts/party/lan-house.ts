import { networkInterfaces } from "node:os"
import { systemClock } from "@/kernel/clock"
import { relaySecretOf } from "@/lan/relay-tickets"
import { acceptRelaySockets, type RelaySockets } from "@/lan/relay/websocket-commands"
import { announceEmbeddedRelay } from "@/server/embedded-relay"
import { addressesOf, readLanAddresses } from "./lan-addresses"
import { readLanPorts } from "./lan-ports"
import { openLanServices, type LanServices } from "./lan-services"

export type LanHouse = LanServices & { readonly sockets: RelaySockets | undefined }

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The party's side of the virtual LAN: relay and STUN on UDP, the relay's WebSockets on the app's own port. What the host has
 * set by hand (LAN_RELAY, LAN_STUN) is somewhere else, and is not started here. `host` is how guests reach this machine.
 */
export async function openLanHouse(env: Environment, host: string, sessionSecret: string): Promise<LanHouse> {
  const interfaces = networkInterfaces()
  const addresses = readLanAddresses(env.LAN_ADDRESSES) ?? (await addressesOf(host, interfaces))
  const wanted = { relay: addresses !== null && !env.LAN_RELAY, stun: addresses !== null && !env.LAN_STUN }
  const services = await openLanServices({
    ...{ addresses: addresses ?? ["127.0.0.1"], interfaces, ports: readLanPorts(env), wanted },
    secret: relaySecretOf(env.LAN_RELAY_SECRET || sessionSecret),
    now: () => systemClock.now(),
  })
  const { relay } = services
  const sockets = relay ? acceptRelaySockets(relay, { nowMs: () => systemClock.now().getTime() }) : undefined
  if (relay) announceEmbeddedRelay(relay)
  const isNameless = addresses === null && !env.LAN_RELAY
  return {
    ...services,
    sockets,
    troubles: isNameless ? [`${host} has no IPv4 address here, so the virtual LAN has no relay: set LAN_ADDRESSES.`] : services.troubles,
    close: async () => {
      announceEmbeddedRelay(undefined)
      sockets?.close()
      await services.close()
    },
  }
}
