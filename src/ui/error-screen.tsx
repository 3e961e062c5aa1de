"use client"

import { Button } from "./button"
import { Tag } from "./tag"

/** A bug reached the screen: says so without blame, gives the id the log knows it by, and one way on. */
export function ErrorScreen({ errorId, onRetry }: { errorId?: string | undefined; onRetry: () => void }) {
  return (
    <main data-accent="imposter" className="phone-page grid min-h-dvh content-center gap-5">
      <Tag>Red flag</Tag>
      <h1 className="text-5xl">Something broke</h1>
      <p className="text-lg text-muted">It is not you. Your seat and your coins are safe with the host.</p>
      <Button size="big" onClick={onRetry}>Try again</Button>
      {errorId && <p className="text-base text-muted">Tell the host this number: <strong className="numerals text-xl text-ink">{errorId}</strong></p>}
    </main>
  )
}
