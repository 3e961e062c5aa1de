import type { Night } from "./start-party"
import { soloTable } from "./solo-table"

/** Fills the night's queue: each of three writes a prompt, one prompt becomes an open set, one has one copy, one none. */
export async function queueUp(night: Night, [first, second, third]: readonly [string, string, string]): Promise<void> {
  const solo = soloTable(night)
  await solo.write(first)
  await solo.copy(second)
  await solo.copy(third)
  await solo.write(second)
  await solo.copy(first)
  await solo.write(third)
}
