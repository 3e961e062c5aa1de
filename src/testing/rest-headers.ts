import { AsyncLocalStorage } from "node:async_hooks"

const asking = new AsyncLocalStorage<Headers>()

/** Does the work of a request with these headers. */
export function withHeaders<T>(headers: Headers, work: () => Promise<T>): Promise<T> {
  return asking.run(headers, work)
}

/**
 * Stands for `next/headers`: `vi.mock("next/headers", async () => (await import("@/testing/rest-headers")).restHeaders)`. In
 * a file of its own, for a mock that waits for its own importer waits for ever.
 */
export const restHeaders = {
  headers: async () => asking.getStore() ?? new Headers(),
  cookies: async () => ({ get: () => undefined }),
}
