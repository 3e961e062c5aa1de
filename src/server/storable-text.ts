// NUL, and halves of surrogate pairs: Postgres keeps neither, and says so by failing.
const unstorable = /[\0\p{Cs}]/gu

/** The same value with its texts as Postgres can keep them [PTY-17]. Files and other objects that are no plain data stay as they are. */
export function storable(value: unknown): unknown {
  if (typeof value === "string") return value.replace(unstorable, "")
  if (Array.isArray(value)) return value.map(storable)
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, storable(field)]))
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
