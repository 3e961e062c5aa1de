import { ok, refuse, type Refusal, type Result } from "@/kernel/result"

const dayMs = 24 * 60 * 60 * 1000
const fewestDays = 1
const mostDays = 730

export type DeletionRefusal = Refusal<"deletion_date_out_of_range">

/** When a party that begins now is deleted; null for never, which is what 0 days mean [PTY-20]. */
export function deletionDateFor(now: Date, lifetimeDays: number): Date | null {
  return lifetimeDays === 0 ? null : new Date(now.getTime() + lifetimeDays * dayMs)
}

/** A date the host may choose: a day from now at the earliest, so that a slip can be undone, two years at the latest [PTY-20]. */
export function chosenDeletionDate(chosen: Date, now: Date): Result<Date, DeletionRefusal> {
  const aheadMs = chosen.getTime() - now.getTime()
  if (aheadMs >= fewestDays * dayMs && aheadMs <= mostDays * dayMs) return ok(chosen)
  return refuse("deletion_date_out_of_range", { fewestDays, mostDays })
}

/** Whether a party's time has come [PTY-21]. */
export function isDueForDeletion({ deletesAt }: { deletesAt: Date | null }, now: Date): boolean {
  return deletesAt !== null && deletesAt.getTime() <= now.getTime()
}
