"use client"

import { useRouter } from "next/navigation"
import { useTransition } from "react"
import { LeftTheNight } from "@/party/ui/left-the-night"
import { ErrorScreen } from "@/ui/error-screen"

/** The page could not show the night: the seat is closed, the party is gone, or something of ours broke. */
export function SeatProblem({ code, error, errorId }: { code: string; error: string; errorId?: string | undefined }) {
  const router = useRouter()
  const [isRetrying, startRetry] = useTransition()
  const retry = () => startRetry(() => router.refresh())
  if (code === "internal") return <ErrorScreen errorId={errorId} onRetry={retry} />
  return <LeftTheNight code={code} error={error} onRetry={retry} isRetrying={isRetrying} />
}
