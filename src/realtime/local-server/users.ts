import type { Connection } from "./connection"

const nobody: ReadonlySet<Connection> = new Set()

/** Who is signed in on which sockets. */
export class Users {
  private readonly connections = new Map<string, Set<Connection>>()

  get count(): number {
    return this.connections.size
  }

  of(userId: string): ReadonlySet<Connection> {
    return this.connections.get(userId) ?? nobody
  }

  add(userId: string, connection: Connection): void {
    const own = this.connections.get(userId) ?? new Set<Connection>()
    own.add(connection)
    this.connections.set(userId, own)
  }

  remove(userId: string, connection: Connection): void {
    const own = this.connections.get(userId)
    own?.delete(connection)
    if (own?.size === 0) this.connections.delete(userId)
  }
}
