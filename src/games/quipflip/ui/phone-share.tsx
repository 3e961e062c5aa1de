"use client"

import { Download, Share2 } from "lucide-react"
import Image from "next/image"
import { useState, useSyncExternalStore } from "react"
import { Button } from "@/ui/button"
import { buttonLook } from "@/ui/button-look"
import { Notice } from "@/ui/notice"
import { Skeleton } from "@/ui/skeleton"
import { useBusy } from "@/ui/use-busy"

/** The session as one picture: to look at, to pass on where the browser lets it, and to keep. */
export function SharePicture({ sessionId, code }: { sessionId: string; code: string }) {
  const address = `/api/v1/quipflip/share?sessionId=${encodeURIComponent(sessionId)}`
  const fileName = `quipflip-${code}.png`
  const [state, setState] = useState<"loading" | "shown" | "missing">("loading")
  const canShare = useSyncExternalStore(never, canShareFiles, () => false)
  const [problem, setProblem] = useState<string>()
  const { busy, run } = useBusy(async () => {
    setProblem(await share(address, fileName))
  })
  if (state === "missing") return null
  return (
    <section aria-label="Share picture" className="grid grid-cols-1 gap-3">
      <h2 className="text-3xl">For the album</h2>
      <div className="relative overflow-hidden rounded-2xl border-2 border-line">
        {state === "loading" && <Skeleton className="absolute inset-0 rounded-none" />}
        <Image unoptimized src={address} alt="The ranking and the awards of this session" width={1200} height={630} className="h-auto w-full" onLoad={() => setState("shown")} onError={() => setState("missing")} />
      </div>
      <div className={canShare ? "grid grid-cols-2 gap-2" : "grid grid-cols-1"}>
        {canShare && <Button pending={busy} onClick={() => void run()}><Share2 aria-hidden /> Share</Button>}
        <a href={address} download={fileName} className={buttonLook("quiet", "normal")}><Download aria-hidden /> Save picture</a>
      </div>
      <Notice>{problem}</Notice>
    </section>
  )
}

const never = () => () => undefined

/** Not on plain http, and not in every browser. */
function canShareFiles(): boolean {
  const { share: shareWith, canShare } = navigator as Partial<Navigator>
  return Boolean(shareWith && canShare?.call(navigator, { files: [new File([], "picture.png", { type: "image/png" })] }))
}

/** @returns what to do instead, when it did not work. */
async function share(address: string, fileName: string): Promise<string | undefined> {
  try {
    const blob = await (await fetch(address)).blob()
    await navigator.share({ files: [new File([blob], fileName, { type: "image/png" })] })
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return undefined
    return "That did not work. Save the picture and send it from your photos."
  }
  return undefined
}
