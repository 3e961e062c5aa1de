import { isIP, isIPv4 } from "node:net"
import type { Tunnel, TunnelPeer, TunnelTraffic } from "./tunnel"
import type { TunnelDevice, WireGuardControl } from "./tunnel-driver"

/** Any number of seconds would do: it is on for a moment only. */
const pokeSeconds = 25

type KnownPeer = { virtualIp: string; keepaliveSeconds: number }

/** A tunnel on a device that is up. Changes happen one after the other, in the order they were asked for. */
export class DeviceTunnel implements Tunnel {
  readonly #peers = new Map<string, KnownPeer>()
  #last: Promise<unknown> = Promise.resolve()
  #closing: Promise<void> | null = null

  private constructor(
    private readonly device: TunnelDevice,
    private readonly control: WireGuardControl,
    readonly listenPort: number,
  ) {}

  static async on(device: TunnelDevice, control: WireGuardControl): Promise<DeviceTunnel> {
    return new DeviceTunnel(device, control, await control.listenPort())
  }

  get carrier() {
    return this.device.carrier
  }

  get interfaceName() {
    return this.device.interfaceName
  }

  get gone() {
    return this.device.gone
  }

  /** [TUN-2] [TUN-6] */
  setPeer(peer: TunnelPeer): Promise<void> {
    // They become lines of a configuration: nothing but an address may stand there.
    if (!isIPv4(peer.virtualIp) || isIP(peer.endpoint.address) === 0) throw new Error("A peer needs IP addresses.")
    return this.#inTurn(async () => {
      const known = this.#peers.get(peer.publicKey)
      if (known?.virtualIp === peer.virtualIp) {
        await this.control.movePeer(peer)
        return this.#poke(peer.publicKey, known.keepaliveSeconds)
      }
      await this.control.addPeer(peer)
      this.#peers.set(peer.publicKey, { virtualIp: peer.virtualIp, keepaliveSeconds: known?.keepaliveSeconds ?? 0 })
    })
  }

  removePeer(publicKey: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.control.removePeer(publicKey)
      this.#peers.delete(publicKey)
    })
  }

  setKeepalive(publicKey: string, seconds: number): Promise<void> {
    return this.#inTurn(async () => {
      const known = this.#peers.get(publicKey)
      if (!known || known.keepaliveSeconds === seconds) return
      await this.control.setKeepalive(publicKey, seconds)
      known.keepaliveSeconds = seconds
    })
  }

  traffic(): Promise<ReadonlyMap<string, TunnelTraffic>> {
    return this.#inTurn(() => this.control.traffic())
  }

  close(): Promise<void> {
    this.#closing ??= this.#inTurn(async () => {
      this.control.close()
      await this.device.remove()
    })
    return this.#closing
  }

  /**
   * [TUN-6] A packet goes out the new way at once: turning keepalives on sends one. The peer learns the way from it, and
   * so does a firewall of this PC that lets in only what answers something sent.
   */
  async #poke(publicKey: string, keepaliveSeconds: number) {
    await this.control.setKeepalive(publicKey, 0)
    await this.control.setKeepalive(publicKey, keepaliveSeconds || pokeSeconds)
    if (keepaliveSeconds === 0) await this.control.setKeepalive(publicKey, 0)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
