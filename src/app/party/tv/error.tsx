"use client"

import { BackSoon } from "./back-soon"

export default function TvError({ error }: { error: Error & { digest?: string } }) {
  return <BackSoon errorId={error.digest} />
}
