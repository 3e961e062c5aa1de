"use client"

import { useRouter } from "next/navigation"
import { useTransition } from "react"
import { leaveThisPhoneAction } from "@/app/actions/party-logic"
import { ConfirmButton } from "@/ui/confirm-button"
import { Notice } from "@/ui/notice"
import { useCommand } from "./use-command"

/** Gives the seat on this phone back, so that somebody else can use it; the guest stays in the party. */
export function LeavePhone({ pinCode }: { pinCode: number }) {
  const router = useRouter()
  const { busyPlace, problemAt, run } = useCommand()
  const [isLeaving, startLeaving] = useTransition()

  async function leave() {
    const left = await run("leave", () => leaveThisPhoneAction())
    if (left) startLeaving(() => router.replace("/party/join"))
  }

  return (
    <div className="grid gap-2">
      <p className="text-muted">You stay in the party. PIN <strong className="numerals text-xl text-ink">{pinCode}</strong> brings you back.</p>
      <ConfirmButton question="Leave now?" pending={busyPlace === "leave" || isLeaving} onConfirm={() => void leave()}>Leave this phone</ConfirmButton>
      <Notice>{problemAt("leave")}</Notice>
    </div>
  )
}
