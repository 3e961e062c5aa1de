"use client"

import { useEffect, useState } from "react"
import { useNight } from "@/live/use-night"

/** The server's clock in ms, once a second. Begins with the time of the first picture, so that server and browser agree. */
export function useServerNow(): number {
  const { night, serverOffsetMs } = useNight()
  const [nowMs, setNowMs] = useState(() => Date.parse(night.serverTime))
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now() + serverOffsetMs), 1000)
    return () => clearInterval(timer)
  }, [serverOffsetMs])
  return nowMs
}
