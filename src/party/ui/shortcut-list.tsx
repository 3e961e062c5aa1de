import { Switch } from "@/ui/switch"
import type { Shortcut } from "./use-host-shortcuts"

type ShortcutListProps = { shortcuts: readonly Shortcut[]; isOn: boolean; onSwitch: (isOn: boolean) => void }

/** Keys that work inside a field, where single keys are letters. */
const fieldKeys = [
  { keys: "Alt 1 … 9", words: "Driver in that position" },
  { keys: "↑ ↓", words: "In the time field: driver before or after" },
  { keys: "Enter", words: "Enters the lap; the field is ready for the next" },
]

/** What the "?" shows. */
export function ShortcutList({ shortcuts, isOn, onSwitch }: ShortcutListProps) {
  return (
    <div className="grid gap-4">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-2">
        {[...fieldKeys, ...shortcuts.map(({ key, words }) => ({ keys: key, words }))].map(({ keys, words }) => (
          <div key={keys} className="contents">
            <dt><kbd className="numerals inline-block min-w-11 rounded-lg bg-raised px-3 py-2 text-center text-xl shadow-[inset_0_-3px_0_var(--control)]">{keys}</kbd></dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <Switch label="Single keys" hint="None fires while you type." checked={isOn} onChange={() => onSwitch(!isOn)} />
    </div>
  )
}
