import { AsyncLocalStorage } from "node:async_hooks"

/** What one request brings with it. */
export type Brought = { readonly headers: Headers; readonly cookies: Map<string, string> }

const asking = new AsyncLocalStorage<Brought>()

/** Does the work of a request that brings these headers and cookies. */
export function bringing<T>({ headers = {}, cookies = {} }: { headers?: Record<string, string>; cookies?: Record<string, string> }, work: () => Promise<T>): Promise<T> {
  return asking.run({ headers: new Headers(headers), cookies: new Map(Object.entries(cookies)) }, work)
}

function brought(): Brought {
  const request = asking.getStore()
  if (!request) throw new Error("nobody asks")
  return request
}

/** Stands for `next/headers`, as `restHeaders` does, with cookies. */
export const strangersHeaders = {
  headers: async () => brought().headers,
  cookies: async () => ({
    get: (name: string) => (brought().cookies.has(name) ? { value: brought().cookies.get(name) } : undefined),
    set: (name: string, value: string) => void brought().cookies.set(name, value),
    delete: (name: string) => void brought().cookies.delete(name),
  }),
}
