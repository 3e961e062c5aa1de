import { Skeleton } from "@/ui/skeleton"

/** The shape of the dashboard while the server reads the night. */
export function DashboardLoading() {
  return (
    <div role="status" aria-label="Your seat is being set up">
      <div className="border-b-2 border-line">
        <div className="mx-auto flex max-w-lg items-center gap-3 px-4 py-2.5">
          <Skeleton className="size-11" />
          <Skeleton className="h-11 flex-1" />
          <Skeleton className="h-9 w-28" />
        </div>
      </div>
      <div className="phone-page grid gap-4">
        <Skeleton className="h-9 w-32" />
        <Skeleton className="h-16" />
        {[0, 1, 2, 3].map((row) => <Skeleton key={row} className="h-16" />)}
      </div>
    </div>
  )
}
