"use client"

import { useCallback, useEffect, useState } from "react"
import { lanKickedAction, readmitLanPeerAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { useHostCommand } from "@/party/ui/use-host-command"
import { Button } from "@/ui/button"
import { Notice } from "@/ui/notice"

type Kicked = Extract<Awaited<ReturnType<typeof lanKickedAction>>, { success: true }>["kicked"][number]

/** Whom the host took out; let back in, they join with a new line [LAN-33]. Nothing while there is nobody. */
export function ControlKicked() {
  const { kicked, reload } = useKicked()
  if (kicked.length === 0) return null
  return (
    <section aria-labelledby="lan-kicked" className="grid gap-2 border-t-2 border-line pt-4">
      <h3 id="lan-kicked" className="text-2xl">Taken out</h3>
      <ul className="grid">{kicked.map((peer) => <KickedRow key={peer.peerId} peer={peer} onBack={reload} />)}</ul>
    </section>
  )
}

/** The list, read again when the night moves: another host may have changed it. The list of before stands until it is read. */
function useKicked(): { kicked: readonly Kicked[]; reload: () => void } {
  const { night } = useNight()
  const [kicked, setKicked] = useState<readonly Kicked[]>([])
  const [turn, setTurn] = useState(0)

  useEffect(() => {
    let isWanted = true
    async function read() {
      const answer = await lanKickedAction().catch(() => null)
      if (isWanted && answer?.success) setKicked(answer.kicked)
    }
    void read()
    return () => {
      isWanted = false
    }
    // A kick and a readmission change the LAN's picture or are one's own; a lap changes neither.
  }, [night.lan, turn])

  return { kicked, reload: useCallback(() => setTurn((last) => last + 1), []) }
}

function KickedRow({ peer, onBack }: { peer: Kicked; onBack: () => void }) {
  const { run, busy, refusal, isOffline } = useHostCommand()

  async function letBackIn() {
    if (await run(() => readmitLanPeerAction(peer.peerId))) onBack()
  }

  return (
    <li className="grid gap-2 border-b border-line py-1.5 last:border-0">
      <div className="flex items-center justify-between gap-3">
        <bdi className="min-w-0 truncate text-lg font-bold">{peer.name}</bdi>
        <Button size="small" pending={busy} disabled={isOffline} onClick={() => void letBackIn()}>Let back in</Button>
      </div>
      <Notice>{refusal}</Notice>
    </li>
  )
}
