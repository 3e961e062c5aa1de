type Runtime = { close(): Promise<void> }

/**
 * Closes what the app's own bundle has opened (database pool, ticker). Next bundles the app apart from this process's
 * modules, so the two meet on the global object only.
 */
export async function closeRuntime(): Promise<void> {
  const runtime: unknown = Reflect.get(globalThis, Symbol.for("party-os.runtime"))
  if (isRuntime(runtime)) await runtime.close()
}

function isRuntime(value: unknown): value is Runtime {
  return typeof value === "object" && value !== null && "close" in value && typeof value.close === "function"
}
