"use client"

import { ErrorScreen } from "@/ui/error-screen"

export default function RouteError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <ErrorScreen errorId={error.digest} onRetry={reset} />
}
