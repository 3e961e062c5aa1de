import type { Night } from "./start-party"
import { soloTable } from "./solo-table"

/** Fills the night's queue: each of three writes a prompt, one prompt becomes an open set on which the fourth votes, one has one copy, one none. */
export async function queueUp(night: Night, [first, second, third, fourth]: readonly [string, string, string, string]): Promise<void> {
  const solo = soloTable(night)
  await solo.write(first)
  await solo.copy(second)
  await solo.copy(third)
  await solo.vote(fourth, "ORIGINAL")
  await solo.write(second)
  await solo.copy(first)
  await solo.write(third)
}
