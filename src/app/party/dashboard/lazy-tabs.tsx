"use client"

import dynamic from "next/dynamic"
import { useEffect } from "react"
import { Skeleton } from "@/ui/skeleton"

// A phone that comes in shows the races; the code of the other tabs follows when that stands.
const loadBets = () => import("@/betting/ui/bets-tab").then(({ BetsTab }) => BetsTab)
const loadImposter = () => import("@/games/imposter/ui/phone-tab").then(({ ImposterTab }) => ImposterTab)
const loadQuipflip = () => import("@/games/quipflip/ui/phone-tab").then(({ QuipflipTab }) => QuipflipTab)
const loadLan = () => import("@/lan/ui/phone-tab").then(({ LanTab }) => LanTab)
const loadTonight = () => import("./tonight-tab").then(({ TonightTab }) => TonightTab)

const loading = () => <div role="status" aria-label="Loading" className="grid gap-3"><Skeleton className="h-24" /><Skeleton className="h-16" /><Skeleton className="h-16" /></div>

export const BetsTab = dynamic(loadBets, { loading })
export const ImposterTab = dynamic(loadImposter, { loading })
export const QuipflipTab = dynamic(loadQuipflip, { loading })
export const LanTab = dynamic(loadLan, { loading })
export const TonightTab = dynamic(loadTonight, { loading })

const quietMs = 1_000

/** Fetches the other tabs' code shortly after the first is shown: a start of Imposter must find its card's code here. */
export function useTabsAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      // Without a line now, opening the tab tries again.
      void Promise.allSettled([loadImposter(), loadBets(), loadQuipflip(), loadLan(), loadTonight()])
    }, quietMs)
    return () => clearTimeout(timer)
  }, [])
}
