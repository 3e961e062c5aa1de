/** A native file that the party hands out beside the agent. */
export type NativeFile = {
  readonly platform: string
  readonly arch: string
  /** Of Linux: which C library. */
  readonly libc: "glibc" | "musl" | null
  /** Below `<party>/lan/`. */
  readonly name: string
  readonly sha256: string
}

/** Filled in by the bundle's build (scripts/party/build-agent.mjs). From the sources the installed package is taken: null. */
export const nativeFiles: readonly NativeFile[] | null = null
