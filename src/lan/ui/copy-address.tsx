"use client"

import { Check, Copy } from "lucide-react"
import { classNames } from "@/ui/class-names"
import { useCopied } from "./use-copied"

type CopyAddressProps = { address: string; name: string; size?: "normal" | "big" }

/** A PC's address in the network; a tap copies it, for a game that asks for one. It can be marked where no page may copy. */
export function CopyAddress({ address, name, size = "normal" }: CopyAddressProps) {
  const { isCopied, isForbidden, copy } = useCopied(address)
  return (
    <button
      type="button"
      onClick={() => void copy()}
      aria-label={`Copy the address of ${name}: ${address}`}
      className={classNames("flex min-h-11 w-fit items-center gap-2 rounded-lg border-2 border-control bg-raised px-3 hover:border-accent", size === "big" ? "text-3xl" : "text-xl")}
    >
      <span dir="ltr" className="numerals select-text">{address}</span>
      {isCopied ? <Check aria-hidden className="size-5 text-lan-text" /> : <Copy aria-hidden className="size-5 text-muted" />}
      <span role="status" className="sr-only">{isCopied ? "Copied." : isForbidden ? "This browser lets no page copy." : ""}</span>
    </button>
  )
}
