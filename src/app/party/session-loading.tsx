import { Skeleton } from "@/ui/skeleton"

/** The shape of a session's page while the server reads the night. */
export function SessionLoading() {
  return (
    <div data-accent="quipflip">
      <div className="border-b-2 border-line">
        <div className="mx-auto flex max-w-lg items-center gap-3 px-4 py-1.5">
          <Skeleton className="h-11 flex-1" />
          <Skeleton className="h-9 w-24" />
        </div>
      </div>
      <main className="phone-page grid gap-4">
        <h1 className="sr-only">Quipflip</h1>
        <p role="status" className="sr-only">The session is being fetched</p>
        <Skeleton className="h-14" />
        <Skeleton className="h-40" />
        <Skeleton className="h-16" />
      </main>
    </div>
  )
}
