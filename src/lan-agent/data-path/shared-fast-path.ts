import { type Endpoint, endpointText } from "@/lan/protocol"
import type { FastPath } from "../tunnel/tunnel"

/**
 * Orders to the kernel one after another, and an endpoint is taken out when the last peer that uses it has left: a peer
 * that comes back under another id may be at the address of its former self.
 */
export class SharedFastPath {
  readonly #users = new Map<string, number>()
  #last: Promise<void> = Promise.resolve()

  constructor(readonly fastPath: FastPath) {}

  add(peer: Endpoint): Promise<void> {
    return this.#inTurn(async () => {
      const users = this.#users.get(endpointText(peer)) ?? 0
      if (users === 0) await this.fastPath.add(peer)
      this.#users.set(endpointText(peer), users + 1)
    })
  }

  remove(peer: Endpoint): Promise<void> {
    return this.#inTurn(async () => {
      const users = this.#users.get(endpointText(peer)) ?? 0
      if (users === 1) await this.fastPath.remove(peer)
      if (users > 1) this.#users.set(endpointText(peer), users - 1)
      else this.#users.delete(endpointText(peer))
    })
  }

  #inTurn(order: () => Promise<void>): Promise<void> {
    const done = this.#last.then(order)
    this.#last = done.catch(() => undefined)
    return done
  }
}
