import { Ghost } from "lucide-react"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"

/** The night knows no session with this address: closed, long over, or mistyped. */
export function NoSession() {
  return (
    <div className="grid min-h-[70dvh] grid-cols-1 content-center">
      <EmptyState icon={<Ghost />} title="This session is gone" action={<ButtonLink href="/party/dashboard">Back to the party</ButtonLink>}>
        Everybody left, or it is long over. Open a new one on the Quipflip tab.
      </EmptyState>
    </div>
  )
}
