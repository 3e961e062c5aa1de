import { Skeleton } from "@/ui/skeleton"

/** The shape of race control while the night is read. */
export function RaceControlLoading() {
  return (
    <div role="status" aria-label="Loading race control" className="mx-auto grid max-w-[110rem] gap-3 p-3">
      <Skeleton className="h-11 max-w-md" />
      <div className="grid gap-3 lg:grid-cols-[23rem_minmax(0,1fr)] min-[85rem]:grid-cols-[22rem_minmax(0,1fr)_28rem] min-[100rem]:grid-cols-[23rem_minmax(0,1fr)_33rem]">
        <Skeleton className="h-96" />
        <Skeleton className="h-[32rem]" />
        <Skeleton className="h-[32rem] lg:max-[85rem]:hidden" />
      </div>
    </div>
  )
}
