import type { IncomingMessage } from "node:http"
import { addressOwner, clientAddress } from "@/kernel/client-address"

/** How many sockets each address holds. An address that holds none is forgotten. */
export class AddressCounts {
  private readonly counts = new Map<string, number>()

  of(address: string): number {
    return this.counts.get(address) ?? 0
  }

  add(address: string): void {
    this.counts.set(address, this.of(address) + 1)
  }

  remove(address: string): void {
    const left = this.of(address) - 1
    if (left > 0) this.counts.set(address, left)
    else this.counts.delete(address)
  }

  /** Addresses that hold any. */
  get size(): number {
    return this.counts.size
  }
}

/** Whose socket this is. The server in front of us writes the header, or empties it of what a client wrote. */
export function addressOf({ headers, socket }: Pick<IncomingMessage, "headers" | "socket">): string {
  return addressOwner(clientAddress({ forwarded: headers["x-forwarded-for"]?.toString(), seen: socket.remoteAddress, trustedProxies: 1 }))
}
