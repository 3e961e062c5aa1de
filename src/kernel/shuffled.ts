import type { Random } from "./random"

/** Every order equally likely (Fisher–Yates). */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const result = [...list]
  for (let last = result.length - 1; last > 0; last--) {
    const other = random.int(0, last)
    ;[result[last], result[other]] = [result[other] as T, result[last] as T]
  }
  return result
}
