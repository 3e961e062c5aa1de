import { setTimeout as after } from "node:timers/promises"
import { type ReactElement, Suspense } from "react"

const momentMs = 150

type QuickOrLoadingProps = { page: Promise<ReactElement>; loading: ReactElement }

/**
 * A page, and only when it takes longer than a moment its shape first. React shows whatever follows a fallback 300 ms
 * later at the earliest, and at home the whole night is read in a tenth of that: a `loading.tsx` would hold it back.
 */
export async function QuickOrLoading({ page, loading }: QuickOrLoadingProps) {
  const quick = await Promise.race([page, after(momentMs, undefined)])
  return <Suspense fallback={loading}>{quick ?? page}</Suspense>
}
