import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"

/** Shown instead of race control when this browser may not see it any more. */
export function NoLongerHost({ isDeleted, reason }: { isDeleted: boolean; reason: string | undefined }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-xl content-center p-4">
      <h1 className="sr-only">Race control</h1>
      {isDeleted ? (
        <EmptyState title="Everything is deleted" action={<ButtonLink href="/">To the start</ButtonLink>}>
          The next start of the party makes a new one.
        </EmptyState>
      ) : (
        <EmptyState title="You are out of race control" action={<ButtonLink href="/admin/login">Host login</ButtonLink>}>
          {reason}
        </EmptyState>
      )}
    </main>
  )
}
