"use client"

import { useId, useRef, type KeyboardEvent, type ReactNode } from "react"
import type { Accent } from "./accent"
import { classNames } from "./class-names"
import { nextTab } from "./next-tab"

export type Tab<Id extends string = string> = {
  id: Id
  label: string
  icon?: ReactNode
  accent?: Accent
  /** Something on this tab waits for this person: the tab is lit and says so. */
  needsMe?: boolean
}

type TabsProps<Id extends string> = {
  /** What the tabs choose between, for screen readers. */
  label: string
  tabs: readonly Tab<Id>[]
  value: Id
  onChange: (id: Id) => void
  /** The panel of the chosen tab. */
  children: ReactNode
  /** bottom: a bar under the thumb. top: a row above the panel. */
  placement?: "top" | "bottom"
}

/** Tabs with roving focus: one stop for the Tab key, arrows, Home and End inside. */
export function Tabs<Id extends string>({ label, tabs, value, onChange, children, placement = "top" }: TabsProps<Id>) {
  const base = useId()
  const buttons = useRef(new Map<string, HTMLButtonElement>())
  const accent = tabs.find((tab) => tab.id === value)?.accent

  function handleKey(event: KeyboardEvent) {
    const id = nextTab(tabs.map((tab) => tab.id), value, event.key)
    if (id === null) return
    event.preventDefault()
    onChange(id)
    buttons.current.get(id)?.focus()
  }

  return (
    <div className={classNames(placement === "bottom" && "pb-24")}>
      <div
        role="tablist"
        aria-label={label}
        onKeyDown={handleKey}
        className={classNames(
          "z-10 flex border-line bg-surface",
          placement === "bottom"
            ? "fixed inset-x-0 bottom-0 mx-auto max-w-lg border-t-2 pb-[env(safe-area-inset-bottom)]"
            : "mb-4 overflow-x-auto rounded-xl border-2",
        )}
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            ref={(node) => {
              if (node) buttons.current.set(tab.id, node)
              else buttons.current.delete(tab.id)
            }}
            type="button"
            role="tab"
            id={`${base}-${tab.id}`}
            aria-selected={tab.id === value}
            aria-controls={`${base}-panel`}
            tabIndex={tab.id === value ? 0 : -1}
            data-accent={tab.accent}
            onClick={() => onChange(tab.id)}
            className={classNames(
              "display relative grid min-h-13 flex-1 content-center justify-items-center gap-1 px-0.5 py-2 text-base whitespace-nowrap -outline-offset-3",
              placement === "top" && "min-w-fit px-3 text-lg",
              tab.id === value ? "bg-accent text-on-accent" : "text-muted hover:text-ink",
            )}
          >
            {tab.icon && <span aria-hidden>{tab.icon}</span>}
            {tab.label}
            {tab.needsMe && <NeedsMe />}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${value}`} data-accent={accent} tabIndex={-1} className="outline-none">
        {children}
      </div>
    </div>
  )
}

function NeedsMe() {
  return (
    <span className="absolute top-1 right-1.5">
      <span aria-hidden className="grid size-5 lit place-items-center rounded-full bg-accent font-text text-sm font-black text-on-accent ring-2 ring-surface">!</span>
      <span className="sr-only"> needs you</span>
    </span>
  )
}
