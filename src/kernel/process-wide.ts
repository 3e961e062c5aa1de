const key = Symbol.for("party-os.process-wide")
const holder = globalThis as { [key]?: Map<string, Promise<unknown>> }

/**
 * What is large and slow to read, once for the whole process: Next evaluates a module once per bundle, and each would hold
 * its own. The first who asks makes it; what failed is made anew by the next.
 */
export function processWide<T>(name: string, make: () => Promise<T>): Promise<T> {
  const held = (holder[key] ??= new Map())
  const known = held.get(name) as Promise<T> | undefined
  if (known) return known
  const making = make()
  held.set(name, making)
  making.catch(() => held.delete(name))
  return making
}
