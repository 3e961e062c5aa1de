/** Which connections lead to one process of Postgres for as long as they live. */
export type DirectConnections = {
  /** To be asked once, of a connection that was just made. Costs a round trip. */
  look(client: object): Promise<void>
  has(client: object): boolean
}

type Connected = {
  processID?: unknown
  query(statement: string): Promise<{ rows: { pid: number }[] }>
}

/**
 * A pooler in front of Postgres (PgBouncer) greets a client with a process number of its own making, and lends it another
 * process for each transaction: what a connection has prepared is gone with the next. Only a number that Postgres itself
 * confirms is a connection on which statements can be given names.
 */
export function createDirectConnections(): DirectConnections {
  const direct = new WeakSet<object>()
  return {
    async look(client) {
      if (!isConnected(client)) return
      const { rows } = await client.query("select pg_backend_pid() as pid")
      if (rows[0]?.pid === client.processID) direct.add(client)
    },
    has: (client) => direct.has(client),
  }
}

function isConnected(client: object): client is Connected {
  return "query" in client && typeof client.query === "function"
}
