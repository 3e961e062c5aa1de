"use client"

import { ErrorScreen } from "@/ui/error-screen"
import "@fontsource-variable/big-shoulders-display/wght"
import "@fontsource-variable/inter/wght.css"
import "./globals.css"

export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body className="stage">
        <title>Something broke · Party OS</title>
        <ErrorScreen errorId={error.digest} onRetry={reset} />
      </body>
    </html>
  )
}
