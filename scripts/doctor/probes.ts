export type Environment = Readonly<Record<string, string | undefined>>

/** The folder a party would keep its data in. */
export type FolderFacts = {
  readonly path: string
  /** Whether a file could be written there; undefined words when it could. */
  readonly trouble: string | undefined
  /** Undefined where the system does not say. */
  readonly freeBytes: number | undefined
  /** Whether others on this machine may read the secrets in it. */
  readonly isOpenToOthers: boolean
}

export type PostgresTrial = { readonly ok: true; readonly ms: number } | { readonly ok: false; readonly words: string }

export type PortState = "free" | "not_allowed" | { readonly takenBy: string | undefined }

export type DatabaseFacts =
  | {
      readonly ok: true
      /** The middle one of several round trips. */
      readonly latencyMs: number
      /** How far its clock is ahead of ours, give or take half a round trip. */
      readonly clockAheadMs: number
      readonly migration: "none" | "behind" | "newest"
    }
  | { readonly ok: false; readonly words: string }

/** What Pusher said to a signed question. */
export type PusherAnswer = "accepted" | "refused" | { readonly trouble: string }

/** Everything the doctor asks of the world. A test answers instead. */
export type Probes = {
  readonly env: Environment
  readonly nodeVersion: string
  nowMs(): number
  isBuilt(): boolean
  dataFolder(): Promise<FolderFacts>
  /** Where a party of this data folder runs now, with its process; undefined when none does. */
  runningParty(): Promise<{ readonly url: string | undefined; readonly pid: number } | undefined>
  /** Starts a PostgreSQL of its own in a folder of its own, asks it something, and stops it. */
  tryPostgres(): Promise<PostgresTrial>
  /** Bytes of /dev/shm; undefined where there is none. */
  sharedMemory(): Promise<number | undefined>
  tcpPort(port: number): Promise<PortState>
  udpPort(port: number): Promise<PortState>
  /** The address in the QR code, if there is one, and every address this machine has. */
  lan(): Promise<{ readonly chosen: string | undefined; readonly own: readonly string[] }>
  /** Whether a connection to this address of ours arrives. */
  reachesItself(address: string): Promise<boolean>
  /** The name of a firewall that is on; undefined when none is known to be. */
  firewall(): Promise<string | undefined>
  database(url: string): Promise<DatabaseFacts>
  pusher(): Promise<PusherAnswer>
  chromium(): Promise<{ readonly path: string | undefined; readonly canInstall: boolean }>
}
