"use client"

import { Check } from "lucide-react"
import { classNames } from "@/ui/class-names"
import { lanGames } from "../games"

type GamePickerProps = {
  /** Ids. */
  picked: readonly string[]
  onPicked: (ids: readonly string[]) => void
}

/** Games whose search for servers is to be carried through the network: nothing is carried that nobody picked. */
export function GamePicker({ picked, onPicked }: GamePickerProps) {
  const toggle = (id: string) => onPicked(lanGames.map((game) => game.id).filter((other) => (other === id ? !picked.includes(id) : picked.includes(other))))
  return (
    <>
      <p className="text-muted">Pick what you play: its servers then show up by themselves. Without it, type an address. The line above changes with it.</p>
      <ul className="flex flex-wrap gap-2">
        {lanGames.map(({ id, name }) => {
          const isPicked = picked.includes(id)
          return (
            <li key={id}>
              <button type="button" aria-pressed={isPicked} onClick={() => toggle(id)} className={classNames("flex min-h-11 items-center gap-1.5 rounded-full border-2 px-4 text-left font-semibold", isPicked ? "border-accent bg-accent text-on-accent" : "border-control")}>
                {isPicked && <Check aria-hidden className="size-5 shrink-0" />}
                {name}
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}
